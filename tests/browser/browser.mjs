// Chromium for one test file, and the screen sizes of the tests.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };
export const NARROW = { width: 320, height: 640 };
// The rest of 1280 x 1024 once the reader has zoomed to 400 %.
export const ZOOMED = { width: 320, height: 256 };

export const ARGUMENTS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
];

// Starts Chromium, and closes it when `t` is done, passed or failed.
export async function startBrowser(t) {
  const browser = await chromium.launch({ executablePath: program(), args: ARGUMENTS });
  t.after(() => browser.close());
  return browser;
}

// Returns the path of Chromium.
export function program() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const found = process.env.PATH.split(delimiter).map((folder) => join(folder, 'chromium')).find(existsSync);
  if (!found) throw new Error('No chromium on PATH. Install it, or set CHROMIUM to its path.');
  return found;
}
