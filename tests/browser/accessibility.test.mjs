// Every page, every error and every answer of the function is free of faults that axe knows, on a phone; one page of
// each kind also in dark colours and on a desktop. On the way no page asks elsewhere, breaks its policy or logs an error.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DESKTOP, PHONE, startBrowser } from './browser.mjs';
import { axeFaults } from './checks/axe.mjs';
import { leftBehind, watch } from './checks/watch.mjs';
import { everyPage } from './pages.mjs';

test('no page has a fault that axe knows', async (t) => {
  const { origins, pages } = await everyPage(t);
  const context = await (await startBrowser(t)).newContext();
  const seen = await watch(context, ...origins);
  const page = await context.newPage();
  for (const { name, sample, open } of pages) {
    await t.test(name, async () => {
      await page.setViewportSize(PHONE);
      await page.emulateMedia({ colorScheme: 'light' });
      seen.length = 0;
      await open(page);
      assert.deepEqual(await axeFaults(page), [], 'on a phone');
      if (sample) {
        await page.emulateMedia({ colorScheme: 'dark' });
        // A page without a stylesheet has the browser's own colours, whose ground axe takes for white.
        assert.deepEqual(await axeFaults(page), [], 'in dark colours');
        await page.emulateMedia({ colorScheme: 'light' });
        await page.setViewportSize(DESKTOP);
        assert.deepEqual(await axeFaults(page), [], 'on a desktop');
      }
      assert.deepEqual(await leftBehind(page), []);
      // Nor does such a page name an icon, and the browser asks for one by itself.
      assert.deepEqual(seen, []);
    });
  }
});
