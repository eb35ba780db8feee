// One request too many: the page says so, whom to call, and keeps everything that was typed.
import assert from 'node:assert/strict';
import { PHONE } from '../browser.mjs';
import { CALL, CALL_ANSWERS, fill, press, submit } from '../citizen.mjs';
import { startService } from '../service.mjs';

export async function refused(t, _, browser) {
  const site = await startService(t, { limit: 1 });
  for (const [javaScriptEnabled, prefix, not] of [
    [true, '', /IKKE modtaget[^]*står her endnu[^]*ti minutter/],
    [false, '/en', /NOT received[^]*still here[^]*ten minutes/],
  ]) {
    await t.test(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript, in English', async () => {
      const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled });
      const page = await context.newPage();
      const send = async (vej) => {
        await page.goto(site + prefix + CALL);
        await fill(page, { ...CALL_ANSWERS, vej });
        await submit(page);
        await page.locator('button[value="send"]').waitFor();
        const answer = page.waitForResponse('**/indsend/**');
        await press(page, 'send');
        return await answer;
      };
      await send('Stien langs åen');
      const vej = `Skoven ${prefix || 'da'}`;
      const answer = await send(vej);
      assert.equal(answer.status(), 429);
      assert.equal(answer.headers()['retry-after'], '600');
      await page.locator('.alert-error a[href="tel:114"]').waitFor();
      assert.match(await page.locator('main').innerText(), not);
      assert.match(await page.title(), prefix ? /^Error: Your request was NOT received/ : /^Fejl: Din bestilling er IKKE modtaget/);
      await press(page, 'ret');
      assert.equal(await page.locator('[name="vej"]').inputValue(), vej);
      assert.equal(await page.locator('[name="beskrivelse"]').inputValue(), CALL_ANSWERS.beskrivelse);
      await context.close();
    });
  }
}
