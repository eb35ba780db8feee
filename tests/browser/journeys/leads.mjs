// Old addresses, and the short address of the accessibility statement, redirect at once, as the site's policy allows,
// and in the same language. The pages without the redirect are among the states.
import assert from 'node:assert/strict';

const STATEMENTS = 'https://was.digst.dk/**';

export async function leads(t, site, browser) {
  const page = await browser.newPage();
  for (const [old, now] of [['/fyns-politi/', '/fyn/'], ['/fyns-politi', '/fyn/'], ['/en/fyns-politi/', '/en/fyn/']]) {
    await t.test(`${old} leads to ${now}`, async () => {
      await page.goto(site + old);
      await page.waitForURL(site + now);
      assert.equal(await page.locator('h1').innerText(), 'Fyns Politi');
      assert.ok((await page.locator('main').innerText()).length > 500);
    });
  }
  await page.route(STATEMENTS, (route) => route.fulfill({ contentType: 'text/html', body: '<title>The statement</title>' }));
  for (const path of ['/was/', '/was', '/en/was/']) {
    await t.test(`${path} leads to the statement`, async () => {
      await page.goto(site + path);
      await page.waitForURL(STATEMENTS);
      assert.equal(await page.title(), 'The statement');
    });
  }
}
