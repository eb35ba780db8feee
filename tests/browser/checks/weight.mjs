// How much a browser with nothing in its cache loads for a page, packed as servers pack it; fonts are packed already.
import { gzipSync } from 'node:zlib';

// The most that a whole page may weigh, with its fonts and without them: the smaller of the two meanings of a kilobyte.
const BUDGET = { most: 45_000, withoutFonts: 12_000 };

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
export function weightFaults(files, { most, withoutFonts } = BUDGET) {
  const [whole, bare] = [sum(files), sum(files.filter(({ kind }) => kind !== 'font'))];
  return [
    ...(whole < most ? [] : [`the page weighs ${whole} bytes, and may weigh less than ${most}`]),
    ...(bare < withoutFonts ? [] : [`without fonts it weighs ${bare} bytes, and may weigh less than ${withoutFonts}`]),
  ];
}

export const sum = (files) => files.reduce((bytes, file) => bytes + file.bytes, 0);

async function weighed(request) {
  const kind = request.resourceType();
  const path = new URL(request.url()).pathname;
  if (kind === 'document') {
    const page = String(await (await request.response()).body());
    return { path, kind, bytes: packed(Buffer.from(page.replace(/<script src="\/_lokal\/[^>]*><\/script>\n/, ''))) };
  }
  const body = Buffer.from(await (await fetch(request.url())).arrayBuffer());
  return { path, kind, bytes: kind === 'font' ? body.length : packed(body) };
}

const packed = (bytes) => gzipSync(bytes, { level: 9 }).length;
