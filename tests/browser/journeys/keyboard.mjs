// Everything works with the keyboard alone, and the focus is always visible.
import assert from 'node:assert/strict';
import { DESKTOP } from '../browser.mjs';
import { settled } from '../checks/keyboard.mjs';
import { CALL, CALL_ANSWERS, TRAFFIC, TRAFFIC_ANSWERS } from '../citizen.mjs';

// Returns the focused element.
const focused = (page) =>
  page.evaluate(() => {
    const { id, localName, name, value, type, className } = document.activeElement;
    return { id, localName, name, value, type, className };
  });

// Presses Tab until the focus is on the wanted element.
async function tabTo(page, what, wanted) {
  for (let stops = 0; stops < 200; stops += 1) {
    await page.keyboard.press('Tab');
    const here = await focused(page);
    if (wanted(here)) return here;
    assert.notEqual(here.localName, 'body', `Tab came to the end of the page and not to ${what}`);
  }
  assert.fail(`Tab did not come to ${what}`);
}

async function answer(page, name, given) {
  let here = await tabTo(page, name, (at) => at.name === name);
  if (!Array.isArray(given)) return await page.keyboard.type(given);
  for (const value of given) {
    for (let steps = 0; here.value !== value; steps += 1) {
      assert.ok(here.name === name && steps < 50, `${name} has no ${value} that the keyboard comes to`);
      await page.keyboard.press(here.type === 'radio' ? 'ArrowDown' : 'Tab');
      here = await focused(page);
    }
    await page.keyboard.press('Space');
    assert.ok(await page.evaluate(() => document.activeElement.checked), `${name} ${value} is not chosen`);
  }
}

export async function keyboard(t, site, browser) {
  const context = await browser.newContext({ viewport: DESKTOP });
  const open = async (path) => {
    const page = await context.newPage();
    await page.goto(site + path);
    return page;
  };

  await t.test('the first stop is the skip link', async () => {
    const page = await open(TRAFFIC);
    await page.keyboard.press('Tab');
    const link = page.locator('a.skipnav');
    assert.ok(await link.evaluate((element) => element === document.activeElement));
    await settled(page);
    const box = await link.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.width > 20 && box.height > 20, `it is not seen: ${JSON.stringify(box)}`);
    await page.keyboard.press('Enter');
    assert.equal((await focused(page)).id, 'main-content');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)));
  });

  for (const [path, answers] of [[TRAFFIC, TRAFFIC_ANSWERS], [CALL, CALL_ANSWERS]]) {
    await t.test(`a form is filled in and sent: ${path}`, async () => {
      const page = await open(path);
      for (const [name, given] of Object.entries(answers)) await answer(page, name, given);
      await tabTo(page, 'the button', (at) => at.type === 'submit');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${site}/indsend/*`);
      await tabTo(page, 'Send', (at) => at.value === 'send');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${site}/kvittering/*`);
      assert.ok(await page.locator('#reference .reference-number').innerText());
    });

    await t.test(`each error leads to its field: ${path}`, async () => {
      const page = await open(path);
      await tabTo(page, 'the button', (at) => at.type === 'submit');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${site}/indsend/*`);
      const links = page.locator('#fejl a');
      assert.ok((await links.count()) >= 5);
      for (const link of await links.all()) {
        await link.focus();
        await page.keyboard.press('Enter');
        const { id } = await focused(page);
        assert.equal(`#${id}`, await link.getAttribute('href'));
        assert.ok(await page.evaluate(() => document.activeElement.matches('main :is(input, select, textarea)')));
      }
    });
  }

  await t.test('after errors, the first stop is in their list', async () => {
    const page = await open(CALL);
    await page.locator('main form .form-actions [type="submit"]').click();
    await page.locator('#fejl').waitFor();
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.matches('#fejl a')));
  });
}
