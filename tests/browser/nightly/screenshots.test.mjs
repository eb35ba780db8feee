// Keeps screenshots of every page and state in `artefacts`: at three widths, light and dark, and printed on A4; and
// `artefacts/index.html`, which shows them side by side. They are for people: no machine sees what is merely ugly.
import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { startBrowser } from '../browser.mjs';
import { everyPage, fileName } from '../pages.mjs';

const artefacts = join(import.meta.dirname, '../artefacts');

// Folders of the screenshots, and the width and media of each. A4 is 794 px wide at 96 px to the inch.
const screen = (width, colorScheme) => [`${width}-${colorScheme}`, width, { media: 'screen', colorScheme }];
const LOOKS = [
  ...[320, 768, 1280].flatMap((width) => [screen(width, 'light'), screen(width, 'dark')]),
  ['print', 794, { media: 'print', colorScheme: 'light' }],
];

async function keep(page, name) {
  for (const [folder, width, media] of LOOKS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia(media);
    await page.screenshot({ path: join(artefacts, folder, `${name}.jpg`), fullPage: true, type: 'jpeg', quality: 60 });
  }
}

const sheet = (names) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every page and state</title>
<style>
body { background: #777; font: 1rem sans-serif; margin: 1rem; }
section { display: flex; gap: 1rem; align-items: start; overflow-x: auto; margin-bottom: 2rem; }
figure { margin: 0; } img { max-height: 40rem; object-fit: contain; object-position: top; background: #999; }
</style>
${names
  .map(([name, file]) => {
    const pictures = LOOKS.map(([folder]) => {
      const source = `${folder}/${file}.jpg`;
      const picture = `<a href="${source}"><img loading="lazy" alt="" src="${source}"></a>`;
      return `<figure><figcaption>${folder}</figcaption>${picture}</figure>`;
    });
    return `<h2 id="${file}">${name}</h2><section>${pictures.join('')}</section>`;
  })
  .join('\n')}
</html>
`;

test('screenshots of every page and state are kept', async (t) => {
  const { pages } = await everyPage(t);
  const browser = await startBrowser(t);
  const samples = pages.filter(({ sample }) => sample);
  const names = samples.map(({ name }) => [name, fileName(name)]);
  assert.equal(new Set(names.map(([, file]) => file)).size, names.length, 'two pages have one file name');
  for (const [folder] of LOOKS) await rm(join(artefacts, folder), { recursive: true, force: true });
  await mkdir(artefacts, { recursive: true });
  const left = samples.values();
  const work = async () => {
    const page = await browser.newPage();
    for (const { name, open } of left) {
      await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
      await open(page);
      await keep(page, fileName(name));
    }
  };
  await Promise.all([work(), work()]);
  await writeFile(join(artefacts, 'index.html'), sheet(names));
  // Nobody would notice an empty screenshot until they look.
  for (const [folder] of LOOKS) {
    for (const [, file] of names) assert.ok((await readFile(join(artefacts, folder, `${file}.jpg`))).length > 2000);
  }
});
