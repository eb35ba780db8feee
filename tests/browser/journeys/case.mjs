// A case played to its end: mail, missed call, other hours, "is calling now", called, closed, the citizen's mail; and a
// forwarded one. Whatever a mail program does with a link or a form of either page changes nothing.
import assert from 'node:assert/strict';
import { PHONE } from '../browser.mjs';
import { choose, mail, request, wait } from '../case.mjs';
import { CALL_ANSWERS, fill } from '../citizen.mjs';

export async function aCase(t, site, browser) {
  for (const javaScriptEnabled of [true, false]) {
    await t.test(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', async () => {
      const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled });
      const page = await context.newPage();
      const { telefon: _, ...answers } = CALL_ANSWERS;
      const { reference, receipt, officers } = await request(page, site, { ...answers, navn: `Åse ${javaScriptEnabled}` });
      const text = async () => await page.locator('main').innerText();
      const asCitizen = async () => await page.goto(site + receipt);
      const asOfficer = async () => await page.goto(site + officers);

      // By HEAD and GET, twice, and each form untouched: nothing changes.
      const opened = async () => {
        for (const path of [receipt, officers]) {
          for (const method of ['HEAD', 'GET', 'HEAD', 'GET']) {
            assert.equal((await page.request.fetch(site + path, { method })).status(), 200);
          }
        }
        for (const [path, forms] of [[receipt, ['#aendr-tid', '#aendr-nummer', '#traek-tilbage']], [officers, ['#ringer', '#valg']]]) {
          for (const form of forms) {
            await page.goto(site + path);
            await page.locator(`${form} button`).click();
            await page.locator('#fejl').waitFor();
          }
        }
        await asOfficer();
        assert.match(await text(), /Ingen har noteret noget endnu/);
        await asCitizen();
        assert.equal(await page.locator('#sket').count(), 0);
        assert.match(await text(), /har modtaget din bestilling/);
      };
      await opened();

      // An address gets one mail an hour.
      const anHour = async () => {
        for (let passed = 0; passed < 6; passed += 1) await wait(page, site);
      };
      await anHour();
      await asOfficer();
      await choose(page, { 'valg-ikke-truffet': true });
      await asCitizen();
      assert.match(await text(), /har modtaget din bestilling/, 'it can still be undone');
      await wait(page, site);
      const missed = await mail(page, site, `${reference}\\.sag\\.\\w+`);
      assert.match(missed, /ringet til dig[^]*andre tidspunkter/);
      await asCitizen();
      assert.match(await page.locator('#status').innerText(), /Vi fik ikke fat i dig/);

      await fill(page, { ringetid: ['formiddag'] });
      await page.locator('#aendr-tid button').click();
      await page.locator('#aendret').waitFor();
      await wait(page, site);
      assert.match(await mail(page, site, `${reference}\\.nyt\\.\\w+`), /Nye tidspunkter/);

      await asOfficer();
      assert.match(await text(), /Formiddag, kl\. 8-12/);
      await choose(page, { 'valg-ringer-skjult': true }, '#ringer');
      assert.match(await page.locator('.alert-success').innerText(), /Borgerens side siger, at I ringer/);
      await asCitizen();
      assert.match(await page.locator('#ringer-nu').innerText(), /Østjyllands Politi ringer til dig nu/);
      const words = await page.locator('.reference-number').nth(1).innerText();
      await page.getByRole('link', { name: 'Opdatér siden' }).click();
      await page.locator('#ringer-nu').waitFor();
      await asOfficer();
      assert.equal(await page.locator('.reference-number').first().innerText(), words, 'both see the same words');
      await choose(page, { 'valg-ringet': true });
      await asCitizen();
      assert.equal(await page.locator('#ringer-nu').count(), 0, 'the call is over');
      await wait(page, site);
      await asCitizen();
      assert.match(await page.locator('#status').innerText(), /er i gang med din bestilling/);

      await asOfficer();
      await choose(page, { 'valg-afslut': true, grund: 'givet-raad' });
      await anHour();
      const list = async () => await (await page.request.get(`${site}/_post/`)).text();
      for (const end = Date.now() + 60_000; !(await list()).includes(`afsluttet, ${reference}`); await page.waitForTimeout(200)) {
        if (Date.now() > end) throw new Error('the mail about the closing did not come');
      }
      await asCitizen();
      assert.match(await page.locator('#status').innerText(), /har afsluttet din bestilling/);
      assert.equal(await page.locator('main form').count(), 0);
      await context.close();
    });
  }

  await t.test('forwarded, and withdrawn', async () => {
    const page = await (await browser.newContext({ viewport: PHONE })).newPage();
    const { telefon: _, ...answers } = CALL_ANSWERS;
    const { reference, receipt, officers } = await request(page, site, { ...answers, navn: 'Bo Dal' });
    await page.goto(site + officers);
    await choose(page, { 'valg-videre': true, til: 'fyn' });
    await wait(page, site);
    const theirs = (await mail(page, site, `${reference}\\.videre`)).match(/(?:\/|&#x2F;)sag(?:\/|&#x2F;)(\w+)/)[1];
    await page.goto(site + receipt);
    assert.match(await page.locator('main').innerText(), /Den er sendt videre til Fyns Politi/);
    await page.goto(`${site}/sag/${theirs}`);
    await choose(page, { 'valg-ringer-vist': true }, '#ringer');
    await page.goto(site + receipt);
    assert.match(await page.locator('#ringer-nu').innerText(), /Fyns Politi ringer til dig nu/);
    await page.locator('#slet').check();
    await page.locator('#traek-tilbage button').click();
    assert.match(await page.locator('#status').innerText(), /Din bestilling er trukket tilbage/);
    assert.match(await mail(page, site, `${reference}\\.nyt\\.\\w+`), /Trukket tilbage, ring ikke/);
    for (const path of [officers, `/sag/${theirs}`]) {
      await page.goto(site + path);
      assert.match(await page.locator('.lead').innerText(), /Ring ikke/);
      assert.equal(await page.locator('main form').count(), 0);
    }
  });
}
