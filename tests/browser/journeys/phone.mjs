// The whole path on a phone, with JavaScript and without: front page, kreds, form, errors, summary, receipt, mail.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PHONE } from '../browser.mjs';
import { leftBehind, watch } from '../checks/watch.mjs';
import { TRAFFIC, TRAFFIC_ANSWERS, fill, find, press, submit, takeTime } from '../citizen.mjs';
import { openMail } from '../mailbox.mjs';

const artefacts = join(import.meta.dirname, '../artefacts/journey');

export async function phone(t, site, browser) {
  for (const javaScriptEnabled of [true, false]) {
    await t.test(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', async () => {
      const context = await browser.newContext({ viewport: PHONE, hasTouch: true, javaScriptEnabled });
      const seen = await watch(context, site);
      const page = await context.newPage();
      const keep = (name) =>
        page.screenshot({ path: join(artefacts, `${name}${javaScriptEnabled ? '' : '-no-script'}.png`), fullPage: true });

      await page.goto(`${site}/`);
      await keep('front');
      await find(page, '8370');
      await page.waitForURL(/\/oestjylland\/\?sted=8370$/);
      await keep('kreds');
      await page.locator('main a[href*="/bestil-en-faerdselskontrol/"]').first().click();
      await keep('question');
      await page.locator(`main a[href*="${TRAFFIC}"]`).click();
      await keep('form');

      await submit(page);
      await page.locator('#fejl').waitFor();
      assert.match(await page.title(), /^Fejl:/);
      await keep('errors');
      await fill(page, TRAFFIC_ANSWERS);
      await takeTime(page);
      await submit(page);
      await page.locator('button[value="send"]').waitFor();
      assert.match(await page.locator('main').innerText(), /Viborgvej[^]*8370 Hadsten[^]*Favrskov[^]*20 12 34 56/);
      await keep('summary');

      await press(page, 'send');
      await page.waitForURL(`${site}/kvittering/*`);
      const reference = (await page.locator('#reference .reference-number').innerText()).trim();
      assert.match(reference, /\S{6,}/);
      await keep('receipt');
      assert.deepEqual(await leftBehind(page), []);
      assert.deepEqual(seen, []);

      await openMail(page, site, reference);
      const mail = await page.locator('main').innerText();
      assert.match(mail, /faerdsel@oestjylland\.politi\.example/);
      assert.match(mail, /Viborgvej/);
      await keep('mail');
      await context.close();
    });
  }
}
