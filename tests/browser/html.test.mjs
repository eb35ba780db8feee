// The pages that the function answers with are valid HTML, as those of the site are (`tests/run` checks those files).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from './browser.mjs';
import { htmlFaults } from './checks/html.mjs';
import { everyPage, fileName } from './pages.mjs';

test('the answers of the function are valid HTML', async (t) => {
  const { pages } = await everyPage(t);
  const page = await (await startBrowser(t)).newPage();
  let last;
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) last = response;
  });
  const documents = [];
  for (const { name, open } of pages.filter(({ sample }) => sample)) {
    await open(page);
    documents.push([fileName(name), await last.body()]);
  }
  assert.deepEqual(await htmlFaults(documents), []);
});
