// The small script on forms: it counts like the function, carries the place along, sends once, and reports how long
// filling in took. Other tests show that everything works without it.
import assert from 'node:assert/strict';
import { PHONE } from '../browser.mjs';
import { watch } from '../checks/watch.mjs';
import { CALL, CALL_ANSWERS, fill, find, submit, takeTime } from '../citizen.mjs';

export async function script(t, site, browser) {
  const context = await browser.newContext({ viewport: PHONE });
  const seen = await watch(context, site);
  const open = async (path) => {
    const page = await context.newPage();
    await page.goto(site + path);
    return page;
  };
  await t.test('counts like the function', async () => {
    const page = await open(CALL);
    const text = page.locator('[name="beskrivelse"]');
    const left = async (typed) => {
      await text.fill(typed);
      return await text.locator('+ .form-hint').innerText();
    };
    assert.equal(await left(''), 'Du har 1.000 tegn tilbage.');
    // Characters outside the basic plane, a line break, white space at the ends: counted as the function does.
    const most = `${'æ'.repeat(499)}\n${'🚗'.repeat(500)}`;
    assert.equal(await left(`  ${most}\n`), 'Du har 0 tegn tilbage.');
    await fill(page, { ...CALL_ANSWERS, beskrivelse: `  ${most}\n` });
    await submit(page);
    await page.locator('button[value="send"]').first().waitFor();
    await page.locator('.form-actions button[value="ret"]').click();
    assert.equal(await left(`${most}x`), 'Du har skrevet 1 tegn for meget.');
    await submit(page);
    assert.match(await page.locator('#beskrivelse-error').innerText(), /1\.000/);
  });

  await t.test('tells a screen reader only near the end, and after a pause', async () => {
    const page = await open(`/en${CALL}`);
    const spoken = page.locator('[name="beskrivelse"] ~ [aria-live="polite"]');
    await page.locator('[name="beskrivelse"]').fill('x'.repeat(100));
    await page.waitForTimeout(1200);
    assert.equal(await spoken.innerText(), '');
    await page.locator('[name="beskrivelse"]').fill('x'.repeat(950));
    await page.waitForFunction(() => document.querySelector('[aria-live="polite"]').innerText);
    assert.equal(await spoken.innerText(), 'You have 50 characters left.');
  });

  await t.test('carries the place from the front page to the form', async () => {
    for (const prefix of ['', '/en']) {
      const page = await open(`${prefix}/`);
      await find(page, 'Ryvej 12, 8370 Hadsten');
      await page.waitForURL(/\/oestjylland\/\?sted=8370$/);
      await page.locator('main a.choice').first().click();
      await page.waitForURL(/sted=8370$/);
      await page.locator('main a.answer[href*="/formular/"]').first().click();
      await page.waitForURL(/\/formular\/\?sted=8370$/);
      assert.equal(await page.locator('[name="postnr"]').inputValue(), '8370');
      assert.deepEqual(await page.context().cookies(), []);
    }
  });

  await t.test('sends a form once', async () => {
    const page = await open(CALL);
    await fill(page, CALL_ANSWERS);
    let sent = 0;
    await page.route('**/indsend/**', async (route) => {
      sent += 1;
      await new Promise((done) => setTimeout(done, 500));
      await route.continue();
    });
    await page.locator('main form .form-actions [type="submit"]').evaluate((button) => [1, 2, 3].forEach(() => button.click()));
    await page.locator('button[value="send"]').first().waitFor();
    assert.equal(sent, 1);
  });

  await t.test('reports how long filling in took, across errors and changes', async () => {
    const page = await open(CALL);
    const took = async () => Number(await page.locator('[name="udfyldt_ms"]').inputValue());
    assert.equal(await took(), 0);
    await submit(page);
    await page.locator('#fejl').waitFor();
    const first = await took();
    assert.ok(first > 0);
    await takeTime(page);
    await submit(page);
    await page.locator('#fejl').waitFor();
    assert.ok((await took()) >= first + 3000, `${first} ${await took()}`);
  });

  await t.test('breaks no policy and requests no other origin', () => assert.deepEqual(seen, []));
}
