// A whole page weighs little: what a citizen on a slow line waits for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, startBrowser } from './browser.mjs';
import { sum, weigh, weightFaults } from './checks/weight.mjs';
import { everyPage } from './pages.mjs';

const KREDS = '/oestjylland/';
const QUESTIONS = ['bestil-en-betjent/', 'bestil-en-faerdselskontrol/'].map((form) => KREDS + form);
const FORMS = QUESTIONS.map((question) => `${question}formular/`);
const ANSWERS = ['a call, summary', 'a traffic control, summary', 'a call, receipt', 'a traffic control, receipt'];
const NAMES = [
  ...['/', KREDS, ...QUESTIONS, ...FORMS].flatMap((path) => [path, `/en${path}`]),
  ...ANSWERS.flatMap((name) => [name, `${name}, in English`]),
];

test('the pages that everybody meets are light', async (t) => {
  const { pages } = await everyPage(t);
  const browser = await startBrowser(t);
  const row = (...cells) => t.diagnostic(cells.map((cell) => `${cell}`.padStart(14)).join(''));
  row('bytes', 'without fonts', 'as Brotli', 'HTML', 'style', 'script', '  page');
  const faults = [];
  for (const name of NAMES) {
    const found = pages.find((page) => page.name === name);
    assert.ok(found, `there is no page ${name}`);
    const page = await browser.newPage({ viewport: PHONE });
    const files = await weigh(page, found.open);
    await page.close();
    const of = (...kinds) => files.filter((file) => kinds.includes(file.kind));
    assert.deepEqual([of('document').length, of('stylesheet').length, of('font').length], [1, 1, 2], name);
    const bare = files.filter((file) => file.kind !== 'font');
    const parts = ['document', 'stylesheet', 'script'].map((kind) => sum(of(kind)));
    row(sum(files), sum(bare), sum(bare, 'brotli'), ...parts, `  ${name}`);
    faults.push(...weightFaults(files).map((fault) => `${name}: ${fault}`));
  }
  assert.deepEqual(faults, []);
});
