// Every page, every error and every answer of the function is free of faults that axe knows, on a phone; one page of
// each kind also in dark colours and on a desktop. On the way no page asks elsewhere, breaks its policy or logs an error.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { DESKTOP, PHONE, startBrowser } from './browser.mjs';
import { everyPage } from './pages.mjs';
import { startService } from './service.mjs';
import { leftBehind, watch } from './watch.mjs';

const axe = await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function faults(page) {
  const { violations } = await page.evaluate((values) => window.axe.run({ runOnly: { type: 'tag', values } }), tags);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}\n${failureSummary}`),
  );
}

test('no page has a fault that axe knows', async (t) => {
  const site = await startService(t);
  const context = await (await startBrowser(t)).newContext();
  const seen = await watch(context, site);
  const page = await context.newPage();
  for (const { name, sample, open } of await everyPage(site)) {
    await t.test(name, async () => {
      await page.setViewportSize(PHONE);
      await page.emulateMedia({ colorScheme: 'light' });
      seen.length = 0;
      await open(page);
      await page.evaluate(axe);
      assert.deepEqual(await faults(page), [], 'on a phone');
      if (sample) {
        await page.emulateMedia({ colorScheme: 'dark' });
        assert.deepEqual(await faults(page), [], 'in dark colours');
        await page.emulateMedia({ colorScheme: 'light' });
        await page.setViewportSize(DESKTOP);
        assert.deepEqual(await faults(page), [], 'on a desktop');
      }
      const nothing = { cookies: [], local: [], session: [], databases: [], caches: [], workers: [] };
      assert.deepEqual(await leftBehind(page), nothing);
      assert.deepEqual(seen, []);
    });
  }
});
