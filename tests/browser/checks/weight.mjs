// How much a browser with nothing in its cache loads for a page, packed as every server can: by gzip. Where the server
// packs by Brotli, as most do, it is less; that is told beside it. Fonts are packed already.
import { brotliCompressSync, gzipSync } from 'node:zlib';

const KB = 1024;

// The most that a whole page may weigh, with its fonts and without them, and what helps on it.
const BUDGET = { most: 45 * KB, withoutFonts: 12 * KB, script: 4 * KB };

// Opens a page by `open` and gives each file of it: where, of what kind, how many bytes.
export async function weigh(page, open) {
  let asked = new Map();
  const keep = (request) => {
    // A form's answer is a page of its own: what was loaded before it does not count.
    if (request.isNavigationRequest()) asked = new Map();
    asked.set(request.url(), request);
  };
  const chromium = await page.context().newCDPSession(page);
  await chromium.send('Network.setCacheDisabled', { cacheDisabled: true });
  page.on('request', keep);
  await open(page);
  await page.waitForLoadState();
  await page.evaluate(() => document.fonts.ready);
  page.off('request', keep);
  await chromium.detach();
  // What the program on a developer's machine adds is on no page in the cloud.
  const ours = [...asked.values()].filter((request) => !new URL(request.url()).pathname.startsWith('/_lokal/'));
  return await Promise.all(ours.map(weighed));
}

// What is too heavy about these files.
export function weightFaults(files) {
  const of = (wanted) => sum(files.filter(({ kind }) => wanted(kind)));
  const judge = (what, bytes, most) => (bytes < most ? [] : [`${what} ${bytes} bytes, and may weigh less than ${most}`]);
  return [
    ...judge('the page weighs', sum(files), BUDGET.most),
    ...judge('without fonts it weighs', of((kind) => kind !== 'font'), BUDGET.withoutFonts),
    ...judge('its scripts weigh', of((kind) => kind === 'script'), BUDGET.script),
  ];
}

export const sum = (files, as = 'bytes') => files.reduce((bytes, file) => bytes + file[as], 0);

async function weighed(request) {
  const kind = request.resourceType();
  const path = new URL(request.url()).pathname;
  if (kind === 'document') {
    const page = String(await (await request.response()).body());
    return { path, kind, ...packed(Buffer.from(page.replace(/<script src="\/_lokal\/[^>]*><\/script>\n/, ''))) };
  }
  const body = Buffer.from(await (await fetch(request.url())).arrayBuffer());
  return { path, kind, ...(kind === 'font' ? { bytes: body.length, brotli: body.length } : packed(body)) };
}

const packed = (body) => ({ bytes: gzipSync(body, { level: 9 }).length, brotli: brotliCompressSync(body).length });
