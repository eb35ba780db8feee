// Bytes that a browser with an empty cache loads for a page, compressed with gzip, as every server can. Most servers
// use Brotli, which is smaller and is printed, too. Fonts are compressed already.
import { brotliCompressSync, gzipSync } from 'node:zlib';

const KB = 1024;

// Limits for a whole page, with its fonts and without them, and for its scripts.
const BUDGET = { most: 45 * KB, withoutFonts: 12 * KB, script: 4 * KB };

// Opens a page with `open`, and returns the path, kind and bytes of each of its files.
export async function weigh(page, open) {
  let asked = new Map();
  const keep = (request) => {
    // A form's answer is a new page: what was loaded before does not count.
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
  // Pages in the cloud lack what the program adds on a developer's machine.
  const ours = [...asked.values()].filter((request) => !new URL(request.url()).pathname.startsWith('/_lokal/'));
  return await Promise.all(ours.map(weighed));
}

// Returns the limits that these files exceed.
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
