// An officer's link: whatever a mail program does with it changes nothing; a choice is noted once, and can be undone.
import assert from 'node:assert/strict';
import { PHONE } from '../browser.mjs';
import { CALL, CALL_ANSWERS, fill, press, submit, takeTime } from '../citizen.mjs';
import { officersPath } from '../mailbox.mjs';

export async function officer(t, site, browser) {
  for (const javaScriptEnabled of [true, false]) {
    await t.test(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', async () => {
      const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled });
      const page = await context.newPage();
      await page.goto(site + CALL);
      const telefon = javaScriptEnabled ? '42 00 20 01' : '42 00 20 02';
      await fill(page, { ...CALL_ANSWERS, telefon, vej: `Stien ${telefon}` });
      await takeTime(page);
      await submit(page);
      await press(page, 'send');
      const reference = await page.locator('.reference-number').first().innerText();
      const address = site + (await officersPath(page, site, reference));

      const noted = () => page.locator('main ol li');
      const nothing = async () => {
        await page.goto(address);
        assert.equal(await noted().count(), 0);
        assert.match(await page.locator('main').innerText(), /Ingen har noteret noget endnu/);
      };
      for (const method of ['HEAD', 'GET', 'HEAD', 'GET']) {
        const answer = await page.request.fetch(address, { method });
        assert.equal(answer.status(), 200);
        assert.equal(answer.headers()['referrer-policy'], 'no-referrer');
      }
      await nothing();
      // The untouched form, sent with its button and with Enter.
      const button = page.locator('#valg button');
      await button.click();
      await page.locator('#fejl').waitFor();
      await nothing();
      await page.locator('#til').press('Enter');
      await nothing();

      assert.equal(await page.locator(`main a[href="tel:+45${telefon.replaceAll(' ', '')}"]`).count(), 1);
      await page.locator('#valg-ikke-truffet').check();
      await button.click();
      await page.locator('.alert-success').waitFor();
      assert.match(await page.locator('.alert-success').innerText(), /Noteret: Ikke truffet/);
      assert.equal(await noted().count(), 1);
      await page.locator('#valg-fortryd').check();
      await button.click();
      await page.locator('main s').first().waitFor();
      await context.close();
    });
  }
}
