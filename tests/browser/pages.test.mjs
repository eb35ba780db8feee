// Opens each page and state once and runs every check: axe, keyboard, narrow screens, HTML, weight, and what it
// requests or leaves. Two tabs open pages at a time.
//
// By default, that is every Danish page, and as many English ones as show the same markup; with SCOPE=all, every other,
// the front pages of all kredse, axe on a wide screen, and the Nu checker. Pages must show every piece of a template.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESKTOP, PHONE, startBrowser } from './browser.mjs';
import { axeFaults, colourFaults } from './checks/axe.mjs';
import { htmlFaults } from './checks/html.mjs';
import { keyboardFaults } from './checks/keyboard.mjs';
import { nuFaults } from './checks/nu.mjs';
import { reflowFaults } from './checks/reflow.mjs';
import { leftBehind, watch } from './checks/watch.mjs';
import { sum, weigh, weightFaults } from './checks/weight.mjs';
import { CALL, CALL_START, TRAFFIC, TRAFFIC_START } from './citizen.mjs';
import { ALL, everyPage, fileName } from './pages.mjs';
import { allPieces, piecesOf } from './templates.mjs';

// The main pages, which are light.
const LIGHT = [
  ...['/', '/oestjylland/', CALL_START, TRAFFIC_START, CALL, TRAFFIC],
  ...['a call, summary', 'a traffic control, summary', 'a call, receipt', 'a traffic control, receipt'],
];

// Pieces that none of these pages can show, since this service cannot be brought into their states.
const UNSEEN = [
  // The receipt mail has bounced.
  /^receipt\.html: <div class="alert alert-warning" id="mail">/,
  // Content of the previous release has no text about missed calls.
  /^receipt\.html: <p>\{\{ t\.sag_ikke_truffet_nummer \}\}/,
];

async function openTab(browser, origins) {
  const context = await browser.newContext();
  const tab = { seen: await watch(context, ...origins), page: await context.newPage() };
  tab.page.on('response', (response) => {
    // An answer without content keeps the open page.
    if (response.request().isNavigationRequest() && response.status() !== 204) tab.answer = response;
  });
  return tab;
}

// Checks one page, and returns its HTML.
async function look(t, tab, { name, danish, sample, leads, open }, kinds) {
  const { page, seen } = tab;
  const check = (what, faults) => t.test(what, async (t) => assert.deepEqual(await faults(t), []));
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'light' });
  seen.length = 0;
  const isLight = LIGHT.includes(danish);
  const files = isLight ? await weigh(page, open) : await open(page);
  const html = String(await tab.answer.body());
  await check('axe, on a phone', () => axeFaults(page));
  if (sample) {
    await page.emulateMedia({ colorScheme: 'dark' });
    // A page without a stylesheet has the browser's own colours, whose background axe takes for white.
    await check('axe, in dark colours', () => colourFaults(page));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(DESKTOP);
    if (ALL) await check('axe, on a desktop', () => axeFaults(page));
    await check('keyboard', () => keyboardFaults(page, kinds));
    await check('HTML', () => htmlFaults(html));
  }
  // Last, because it unfolds and spreads the page.
  await check('reflow', () => reflowFaults(page));
  if (isLight) await check('weight', (t) => weightOf(t, name, files));
  // A page without an icon makes the browser request one by itself.
  await check('requests no other origin and leaves nothing', async () => [
    ...seen.filter((fault) => !leads || !fault.startsWith(`asked another origin: ${leads}`)),
    ...(await leftBehind(page)),
  ]);
  return html;
}

function weightOf(t, name, files) {
  const of = (...kinds) => files.filter((file) => kinds.includes(file.kind));
  const bare = files.filter((file) => file.kind !== 'font');
  const parts = ['document', 'stylesheet', 'script'].map((kind) => `${kind} ${sum(of(kind))}`);
  t.diagnostic(`${name}: ${sum(files)} bytes, without fonts ${sum(bare)} (${parts.join(', ')}), as Brotli ${sum(bare, 'brotli')}`);
  assert.deepEqual([of('document').length, of('stylesheet').length, of('font').length], [1, 1, 2]);
  return weightFaults(files);
}

test('every page and state', { concurrency: 2 }, async (t) => {
  const { origins, pages } = await everyPage(t);
  const browser = await startBrowser(t);
  const tabs = await Promise.all([openTab(browser, origins), openTab(browser, origins)]);
  const kinds = new Set();
  const documents = new Map();
  const pieces = new Map();
  const walk = async (wanted) => {
    const left = wanted.values();
    const through = async (tab) => {
      for (const page of left) {
        await t.test(page.name, async (t) => {
          const html = await look(t, tab, page, kinds);
          documents.set(page.name, html);
          pieces.set(page.name, piecesOf(html));
        });
      }
    };
    await Promise.all(tabs.map(through));
  };

  const wanted = pages.filter(({ sample }) => ALL || sample);
  await walk(wanted.filter(({ name, danish }) => name === danish));
  const seen = new Set([...pieces.values()].flat());
  // An English page is new if its Danish page shows a piece that no earlier English page has.
  const inEnglish = new Set();
  const isNew = ({ danish }) => {
    const before = inEnglish.size;
    pieces.get(danish)?.forEach((piece) => inEnglish.add(piece));
    return !pieces.has(danish) || inEnglish.size > before;
  };
  await walk(wanted.filter((page) => page.name !== page.danish && (isNew(page) || ALL)));

  await t.test('every piece of every template has been checked', () => {
    const missed = allPieces().filter((piece) => !seen.has(piece));
    assert.deepEqual(missed.filter((piece) => !UNSEEN.some((known) => known.test(piece))), []);
    assert.deepEqual(UNSEEN.filter((known) => !missed.some((piece) => known.test(piece))), [], 'these are seen now');
  });
  await t.test('every light page has been weighed', () => {
    assert.deepEqual(LIGHT.filter((name) => !documents.has(name)), []);
  });
  await t.test('the focus has been on many kinds of elements', () => assert.ok(kinds.size > 15, `${kinds.size}`));
  if (ALL) {
    await t.test('the answers are valid HTML according to the Nu checker', async () => {
      assert.deepEqual(await nuFaults([...documents].map(([name, html]) => [fileName(name), html])), []);
    });
  }
});
