// The search: what it finds, also with a screen reader and with the keyboard alone, and what is there without the
// script. The Rust tests check the index.
import assert from 'node:assert/strict';
import { PHONE } from '../browser.mjs';
import { watch } from '../checks/watch.mjs';

// Words on three of four pages, which therefore lead to none.
const COMMON = /^(about|betjent|call(s|ed|ing)|denne|deres|district|eller|kommun|mobile|municipalit|officer|police|politi|ring|where)/;

export async function search(t, site, browser) {
  const context = await browser.newContext({ viewport: PHONE });
  const seen = await watch(context, site);
  const open = async (path = '/soeg/') => {
    const page = await context.newPage();
    await page.goto(site + path);
    return page;
  };
  // Returns what is found for a text, once it is announced.
  const found = async (page, text) => {
    await page.locator('#q').fill('');
    await page.waitForFunction(() => document.querySelector('[role="status"]').textContent === '');
    await page.locator('#q').fill(text);
    await page.waitForFunction(() => document.querySelector('[role="status"]').textContent !== '');
    return await page.locator('#fundet a').allInnerTexts();
  };

  await t.test('finds pages by any inflection of a word, and kredse by kommune, town and postcode', async () => {
    const page = await open();
    for (const [typed, first] of [
      ['indbruddene', 'Råd mod indbrud'],
      ['INDBRUD', 'Råd mod indbrud'],
      ['politistationen', 'Mobile politistationer'],
      ['cyklister', 'Bestil en færdselskontrol'],
      // The end of a compound, inflected.
      ['kontrollen', 'Bestil en færdselskontrol'],
      ['Aarhus', 'Østjyllands Politi'],
      ['Århus', 'Østjyllands Politi'],
      ['arhus', 'Østjyllands Politi'],
      ['Kobenhavn', 'Københavns Politi'],
      ['Koebenhavn', 'Københavns Politi'],
      ['Favrskov', 'Østjyllands Politi'],
      ['Hadsten', 'Østjyllands Politi'],
      ['8370', 'Østjyllands Politi'],
      ['privat', 'Privatliv'],
    ]) {
      const titles = await found(page, typed);
      assert.equal(titles[0], first, `${typed}: ${titles}`);
    }
    // In two kredse: both, without a guess.
    const shared = await found(page, '2610');
    assert.deepEqual(shared.sort(), ['Københavns Politi', 'Københavns Vestegns Politi']);
  });

  await t.test('ranks the page about it first', async () => {
    const page = await open();
    assert.equal((await found(page, 'hvordan undgår jeg indbrud'))[0], 'Råd mod indbrud');
    assert.equal((await found(page, 'stationer i østjylland'))[0], 'Stationer i Østjylland');
  });

  await t.test('finds each page by every word of its text', async () => {
    for (const [list, pages] of [
      ['/soeg/', ['/raad-mod-indbrud/', '/saadan-virker-det/', '/privatliv/', '/oestjylland/stationer/']],
      ['/en/soeg/', ['/en/raad-mod-indbrud/', '/en/saadan-virker-det/', '/en/privatliv/', '/en/oestjylland/stationer/']],
    ]) {
      const page = await open(list);
      await page.locator('#q').focus();
      const lost = await page.evaluate(async ([paths, common]) => {
        const index = await load();
        const at = (path) => items.findIndex((item) => item.querySelector('a').getAttribute('href') === path);
        const lost = [];
        for (const path of paths) {
          const html = new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html');
          const text = [...html.querySelectorAll('main h1, main h2, main p, main li')].map((part) => part.innerText ?? part.textContent).join(' ');
          // Short words are on most pages, and lead to none.
          const all = [...new Set(words(text, index))].filter((word) => word.length > 4 && !word.match(common));
          lost.push(...all.filter((word) => !matches(word, index).has(at(path))).map((word) => `${path} ${word}`));
          if (all.length < 25) lost.push(`${path} has only ${all.length} words`);
        }
        return lost;
      }, [pages, COMMON]);
      assert.deepEqual(lost, []);
    }
  });

  await t.test('announces the number of results, or none, and brings the list back', async () => {
    const page = await open('/en/soeg/');
    const status = page.locator('[role="status"]');
    const titles = await found(page, 'burglaries');
    assert.equal(await status.innerText(), `${titles.length} results`);
    assert.equal(await page.locator('#alle').isVisible(), false);
    assert.deepEqual(await found(page, 'xylophone'), []);
    assert.match(await status.innerText(), /did not find anything/);
    assert.equal(await page.locator('#alle').isVisible(), true);
    assert.equal((await found(page, '8370')).length, 1);
    assert.equal(await status.innerText(), '1 result');
    await page.locator('#q').fill('');
    await page.locator('#alle').waitFor();
    assert.equal(await page.locator('#fundet').isVisible(), false);
  });

  await t.test('works with the keyboard, and going back leads to the results', async () => {
    const page = await open();
    await page.locator('#q').focus();
    await page.keyboard.type('indbrud');
    await page.keyboard.press('Enter');
    await page.locator('#fundet a').first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Råd mod indbrud');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/raad-mod-indbrud/');
    await page.goBack();
    await page.locator('#fundet a').first().waitFor();
    assert.equal(await page.locator('#q').inputValue(), 'indbrud');
    assert.equal(await page.locator('#fundet a').first().innerText(), 'Råd mod indbrud');
  });

  await t.test('says so when the index does not load, and tries again', async () => {
    const page = await context.newPage();
    await page.route('**/ord.json', (route) => route.abort());
    await page.goto(`${site}/soeg/`);
    await page.locator('#q').fill('indbrud');
    await page.waitForFunction(() => document.querySelector('[role="status"]').textContent !== '');
    assert.match(await page.locator('[role="status"]').innerText(), /virker ikke lige nu/);
    assert.equal(await page.locator('#alle').isVisible(), true);
    await page.unroute('**/ord.json');
    assert.equal((await found(page, 'indbruddet'))[0], 'Råd mod indbrud');
    seen.length = 0;
  });

  await t.test('breaks no policy and requests no other origin', () => assert.deepEqual(seen, []));

  await t.test('without the script, a list has all pages, and a form finds a place', async () => {
    const page = await (await browser.newContext({ viewport: PHONE, javaScriptEnabled: false })).newPage();
    await page.goto(`${site}/soeg/`);
    assert.equal(await page.locator('#q').isVisible(), false);
    assert.ok((await page.locator('#alle li').count()) > 20);
    await page.locator('#sted').fill('8370');
    await page.locator('#steder button').click();
    await page.waitForURL(/\/oestjylland\/\?sted=/);
  });

  await t.test('every page links to the search', async () => {
    const page = await browser.newPage();
    for (const [path, name] of [['/', 'Søg'], ['/en/oestjylland/', 'Search'], ['/findes-ikke/', 'Søg']]) {
      await page.goto(site + path);
      await page.locator('header').getByRole('link', { name, exact: true }).click();
      await page.locator('#q').waitFor();
    }
  });
}
