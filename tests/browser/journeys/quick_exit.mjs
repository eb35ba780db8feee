// A page that readers may need to hide: Esc and the button leave it at once, without a trace on the way back. Without
// the script, the button is a link.
import assert from 'node:assert/strict';
import { NARROW, PHONE } from '../browser.mjs';

const AWAY = 'https://www.dmi.dk/';
const PAGE = '/raad-om-tryghed/';

export async function quickExit(t, site, browser) {
  const open = async (options = {}) => {
    const context = await browser.newContext({ viewport: PHONE, ...options });
    const page = await context.newPage();
    await page.route(`${AWAY}**`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Vejret</title>' }));
    await page.goto(`${site}/`);
    await page.goto(site + PAGE);
    return page;
  };

  for (const [name, leave] of [
    ['by Esc', (page) => page.keyboard.press('Escape')],
    ['by the button', (page) => page.locator('#hurtig-udgang').click()],
    ['by the button, with the keyboard', (page) => page.locator('#hurtig-udgang').press('Enter')],
  ]) {
    await t.test(`${name}, and the way back does not lead there`, async () => {
      const page = await open();
      await page.locator('#esc').waitFor();
      await leave(page);
      await page.waitForURL(AWAY);
      assert.equal(await page.title(), 'Vejret');
      await page.goBack();
      assert.equal(new URL(page.url()).pathname, '/');
    });
  }

  await t.test('without the script, by a link', async () => {
    const page = await open({ javaScriptEnabled: false });
    assert.equal(await page.locator('#esc').isVisible(), false);
    await page.locator('#hurtig-udgang').click();
    await page.waitForURL(AWAY);
  });

  await t.test('from wherever the reader is', async () => {
    const page = await open({ viewport: NARROW });
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    const { y } = await page.locator('#hurtig-udgang').boundingBox();
    assert.ok(y >= 0 && y < 100, `${y}`);
  });
}
