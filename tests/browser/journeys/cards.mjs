// The cards on the front page: each asks for the place, and then leads to the form of its kreds, with and without
// JavaScript.
import assert from 'node:assert/strict';
import { PHONE } from '../browser.mjs';
import { watch } from '../checks/watch.mjs';
import { find } from '../citizen.mjs';

export async function cards(t, site, browser) {
  for (const javaScriptEnabled of [true, false]) {
    await t.test(`lead to the form ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled });
      const seen = await watch(context, site);
      const page = await context.newPage();
      await page.goto(`${site}/`);
      await page.getByRole('link', { name: 'Bestil en færdselskontrol' }).click();
      await page.getByRole('heading', { level: 1, name: 'Bestil en færdselskontrol' }).waitFor();
      // Several towns have this name.
      await find(page, 'Nykøbing');
      await page.getByRole('link', { name: 'Guldborgsund (4800 Nykøbing F)' }).click();
      await page.waitForURL(/\/sydsjaelland-og-lolland-falster\/bestil-en-faerdselskontrol\/\?sted=4800$/);
      await page.locator('main a.answer[href*="bestil-en-faerdselskontrol/formular/"]').click();
      await page.locator('[name="problem"]').first().waitFor();
      assert.equal(await page.locator('[name="postnr"]').inputValue(), javaScriptEnabled ? '4800' : '');
      assert.deepEqual(seen, []);
      await context.close();
    });
  }
}
