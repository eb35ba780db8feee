// Pictures from telephones and programs in a browser: upright, in a width that suits the screen, and without the place
// where they were taken. PICTURES is the address of the page on a published site (tests/infra/pictures.py).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DESKTOP, NARROW, startBrowser } from './browser.mjs';
import { serve } from './serve.mjs';
import { content, root, siteGen } from './service.mjs';

// Each file has four fields, stored as red, green, blue and yellow, secret words, and perhaps an orientation.
const FILES = join(root, 'site-gen/tests/images');
const SECRET = 'Hemmeligt sted';
const PICTURES = [
  // EXIF that turns it to the right, GPS, a thumbnail, XMP, IPTC, a comment, and a film behind it.
  { file: 'telefon.jpg', type: 'image/jpeg', size: [1600, 960], fields: ['blue', 'red', 'yellow', 'green'], narrow: 480, wide: 960 },
  // A comment, EXIF and few colours.
  { file: 'tegning.png', type: 'image/png', size: [1200, 800], fields: ['red', 'green', 'blue', 'yellow'], narrow: 480, wide: 960 },
  // EXIF that turns it to the left, and XMP.
  { file: 'telefon.webp', type: 'image/png', size: [800, 1200], fields: ['green', 'yellow', 'red', 'blue'], narrow: 480, wide: 800 },
];

// Returns the address of a page that shows the pictures.
async function site(t) {
  if (process.env.PICTURES) return process.env.PICTURES;
  const folder = await mkdtemp(join(tmpdir(), 'browser-tests-pictures-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const copy = join(folder, 'content');
  await cp(content, copy, { recursive: true });
  await rm(join(copy, 'data/loefter.txt'));
  for (const { file } of PICTURES) await cp(join(FILES, file), join(copy, 'billeder', file));
  const shown = PICTURES.map(({ file }) => `![Fire felter](/billeder/${file})\n`).join('\n');
  await writeFile(join(copy, 'sider/billeder.md'), `---\ntitel: Billeder\nbeskrivelse: Nogle billeder.\noversaettes: nej\n---\n\n${shown}`);
  const built = spawnSync(siteGen, ['build', '--content', copy, '--out', join(folder, 'dist')], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  const find = async (path) => {
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const bytes = await readFile(join(folder, 'dist/public', name)).catch(() => null);
    return bytes && { name, bytes };
  };
  return `${await serve(t, {}, find)}/billeder/`;
}

// Lists the parts of a file: segments of a JPEG before its pixels, chunks of a PNG.
function parts(bytes) {
  const found = [];
  if (bytes.readUInt16BE(0) === 0xffd8) {
    for (let at = 2; bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) found.push(bytes[at + 1].toString(16));
  } else {
    for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) found.push(bytes.toString('latin1', at + 4, at + 8));
  }
  return found;
}
const PIXELS = ['e0', 'db', 'c0', 'c2', 'c4', 'IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];

test('pictures are shown upright, as wide as the screen needs, and without metadata', async (t) => {
  const address = await site(t);
  const browser = await startBrowser(t);
  for (const [screen, choice] of [[NARROW, 'narrow'], [DESKTOP, 'wide']]) {
    const page = await (await browser.newContext({ viewport: screen })).newPage();
    await page.goto(address);
    const seen = await page.evaluate(async () => {
      const all = [];
      for (const image of document.querySelectorAll('main img')) {
        image.scrollIntoView();
        await image.decode();
        const file = new Image();
        file.src = image.currentSrc;
        await file.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [4, 4];
        const context = canvas.getContext('2d');
        context.drawImage(file, 0, 0, 4, 4);
        const fields = [[0, 0], [3, 0], [0, 3], [3, 3]].map(([x, y]) => {
          const [red, green, blue] = context.getImageData(x, y, 1, 1).data;
          if (blue > 128) return 'blue';
          return red > 128 ? (green > 128 ? 'yellow' : 'red') : 'green';
        });
        const addresses = [image.src, ...image.srcset.split(', ').map((one) => new URL(one.split(' ')[0], location).href)];
        all.push({
          width: file.naturalWidth,
          ratio: file.naturalWidth / file.naturalHeight,
          slot: image.getBoundingClientRect().width,
          natural: image.naturalWidth,
          size: ['width', 'height'].map((name) => Number(image.getAttribute(name))),
          loading: image.loading,
          decoding: image.decoding,
          alt: image.alt,
          fields,
          addresses,
        });
      }
      return all;
    });
    assert.equal(seen.length, PICTURES.length);
    for (const [index, { file, type, size, fields, ...widths }] of PICTURES.entries()) {
      const { slot, natural, ratio, addresses, ...is } = seen[index];
      const wanted = { width: widths[choice], size, loading: 'lazy', decoding: 'async', alt: 'Fire felter', fields };
      assert.deepEqual(is, wanted, `${file} at ${screen.width}`);
      assert.ok(Math.abs(ratio - size[0] / size[1]) < 0.01, `${file} is as high as it is wide: ${ratio}`);
      assert.ok(slot <= screen.width - 32 && slot <= is.width + 1, `${file} is ${slot} wide at ${screen.width}, of ${is.width}`);
      assert.ok(Math.abs(natural - slot) <= 4, `${file}: \`sizes\` says ${natural}, and it is ${slot} wide at ${screen.width}`);
      for (const one of addresses) {
        const answer = await fetch(one);
        assert.equal(answer.headers.get('content-type'), type, one);
        if (process.env.PICTURES) assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable', one);
        const bytes = Buffer.from(await answer.arrayBuffer());
        assert.ok(!bytes.includes(SECRET) && !bytes.includes('Exif') && !bytes.includes('xmp'), one);
        assert.deepEqual(parts(bytes).filter((part) => !PIXELS.includes(part)), [], one);
      }
      assert.ok((await readFile(join(FILES, file))).includes(SECRET), file);
    }
    await page.context().close();
  }
});
