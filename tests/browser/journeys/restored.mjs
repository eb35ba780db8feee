// A form that the browser restores: on the way back, and in a reopened tab.
import assert from 'node:assert/strict';
import { PHONE } from '../browser.mjs';
import { CALL, CALL_ANSWERS, fill, press, submit, takeTime } from '../citizen.mjs';
import { openMail } from '../mailbox.mjs';

export async function restored(t, site, browser) {
  const context = await browser.newContext({ viewport: PHONE });
  t.after(() => context.close());

  await t.test('is sent at once, and not held', async () => {
    const page = await context.newPage();
    await page.goto(site + CALL);
    await fill(page, { ...CALL_ANSWERS, vej: 'Stien langs åen' });
    await takeTime(page);
    await submit(page);
    await page.locator('button[value="send"]').waitFor();
    await page.goBack();
    assert.equal(await page.locator('[name="vej"]').inputValue(), 'Stien langs åen');
    assert.ok(await page.locator('[name="emne"][value="utryghed"]').isChecked());
    // Faster than anybody fills in a form.
    await submit(page);
    const took = await page.locator('main form [name="udfyldt_ms"]').inputValue();
    assert.ok(took === '' || Number(took) >= 3000, took);
    await press(page, 'send');
    await page.waitForURL(`${site}/kvittering/*`);
    await openMail(page, site, (await page.locator('#reference .reference-number').innerText()).trim());
  });

  await t.test('comes back if only its address is left', async () => {
    const page = await context.newPage();
    await page.goto(`${site}/en${CALL}`);
    await submit(page);
    await page.locator('#fejl').waitFor();
    // Another tab opens the address without the posted body.
    const tab = await context.newPage();
    await tab.goto(page.url());
    assert.equal(new URL(tab.url()).pathname, `/en${CALL}`);
    await tab.locator('main form[method="post"]').waitFor();
  });
}
