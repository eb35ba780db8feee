// The page that leads to the accessibility statement: the browser goes there at once and by its policy may, and who
// stays, because that site does not answer, has a page without faults and a link.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { PHONE, startBrowser } from './browser.mjs';
import { startService } from './service.mjs';

const axe = await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const STATEMENTS = 'https://was.digst.dk/**';

test('the short address leads to the statement', async (t) => {
  const site = await startService(t);
  const browser = await startBrowser(t);
  for (const path of ['/was/', '/was', '/en/was/']) {
    const page = await browser.newPage();
    await page.route(STATEMENTS, (route) => route.fulfill({ contentType: 'text/html', body: '<title>The statement</title>' }));
    await page.goto(site + path);
    await page.waitForURL(STATEMENTS);
    assert.equal(await page.title(), 'The statement');
    await page.close();
  }
});

test('who is not sent on finds a page without faults, and the link', async (t) => {
  const site = await startService(t);
  const context = await (await startBrowser(t)).newContext();
  for (const [path, colorScheme] of [['/was/', 'light'], ['/en/was/', 'dark']]) {
    const page = await context.newPage();
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme });
    // An answer without content leaves the browser where it is.
    await page.route(STATEMENTS, (route) => route.fulfill({ status: 204 }));
    const asked = page.waitForRequest(STATEMENTS);
    await page.goto(site + path);
    const address = (await asked).url();
    assert.equal(await page.locator('main a.button').getAttribute('href'), address);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), [], path);
    await page.close();
  }
});
