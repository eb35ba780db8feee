// Every page fits a narrow screen, a zoomed one, and a reader's own text spacing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startBrowser } from './browser.mjs';
import { reflowFaults } from './checks/reflow.mjs';
import { everyPage } from './pages.mjs';

test('every page fits a narrow screen', async (t) => {
  const { pages } = await everyPage(t);
  const page = await (await startBrowser(t)).newPage();
  for (const { name, open } of pages) {
    await t.test(name, async () => {
      await open(page);
      assert.deepEqual(await reflowFaults(page), []);
    });
  }
});
