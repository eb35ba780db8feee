// An address where a page was before: the browser goes on at once to the page, by the site's policy and in its language,
// and who is not sent on finds a page without faults and the link.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { PHONE, startBrowser } from './browser.mjs';
import { startService } from './service.mjs';

const axe = await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

test('an old address leads on', async (t) => {
  const site = await startService(t);
  const browser = await startBrowser(t);
  for (const [old, now] of [['/fyns-politi/', '/fyn/'], ['/fyns-politi', '/fyn/'], ['/en/fyns-politi/', '/en/fyn/']]) {
    const page = await browser.newPage();
    await page.goto(site + old);
    await page.waitForURL(site + now);
    assert.equal(await page.locator('h1').innerText(), 'Fyns Politi');
    assert.ok((await page.locator('main').innerText()).length > 500);
    await page.close();
  }
});

test('who is not sent on finds the link', async (t) => {
  const site = await startService(t);
  const context = await (await startBrowser(t)).newContext();
  for (const [old, now, colorScheme] of [['/fyns-politi/', '/fyn/', 'light'], ['/en/fyns-politi/', '/en/fyn/', 'dark']]) {
    const page = await context.newPage();
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme });
    // An answer without content leaves the browser where it is.
    await page.route(site + now, (route) => route.fulfill({ status: 204 }));
    const asked = page.waitForRequest(site + now);
    await page.goto(site + old);
    await asked;
    assert.equal(await page.locator('main a').getAttribute('href'), now);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), [], old);
    await page.close();
  }
});
