// While an editor writes: a saved edit appears on the open page, and the reader stays where they were.
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBrowser } from './browser.mjs';
import { ALL } from './pages.mjs';
import { open, PROGRAMS, start } from './writing.mjs';

// The behaviour is the same each time; the duration, which is only printed, needs a median of many.
const EDITS = ALL ? 20 : 3;
// Resolves with the time when the page has painted a text.
const painted = (page, text) =>
  page.evaluate(
    (text) =>
      new Promise((done) => {
        const look = () => {
          if (!document.body?.innerText.includes(text)) return requestAnimationFrame(look);
          // One more frame, and then a task: by then it is on the screen.
          requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now())));
        };
        look();
      }),
    text,
  );

// Measures the time from saving until a text is on the screen. If the page reloads, it looks again.
async function saved(page, text, save) {
  const begun = performance.timeOrigin + performance.now();
  const look = async () => {
    for (;;) {
      try {
        return await painted(page, text);
      } catch (error) {
        if (!/context was destroyed|navigation/.test(error.message)) throw error;
        await page.waitForLoadState('domcontentloaded');
      }
    }
  };
  const [shown] = await Promise.all([look(), save()]);
  return shown - begun;
}

const median = (times) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];

for (const name of Object.keys(PROGRAMS)) {
  test(`${name}: an edit appears on the open page, and the reader stays where they were`, async (t) => {
    const site = await start(t, name);
    const browser = await startBrowser(t);
    for (const [kind, path, address, edit] of [
      ['a text', 'sider/privatliv.md', '/privatliv/', (text, word) => text.replace('\n## ', `\n${word}\n\n## `)],
      ['a word of all pages', 'sprog/da.yaml', '/oestjylland/', (text, word) => text.replace(/^om_kredsen: .*$/m, `om_kredsen: ${word}`)],
      ['a question of a form', 'formularer/bestil-en-betjent.md', '/fyn/bestil-en-betjent/formular/', (text, word) => text.replace(/spoergsmaal: .*(?=\n {8}i_mail: Emne)/, `spoergsmaal: ${word}`)],
    ]) {
      const page = await open(browser, `${site.address}${address}`);
      await page.evaluate(() => scrollTo(0, 300));
      const scroll = await page.evaluate(() => scrollY);
      assert.ok(scroll > 100, `${address} is too short to scroll`);
      const times = [];
      for (let number = 0; number < EDITS; number += 1) {
        const word = `Ord${number}x${kind.length}`;
        times.push(await saved(page, word, () => site.change(path, (text) => edit(text, word))));
        assert.equal(await page.evaluate(() => scrollY), scroll, `after ${word} on ${address}`);
      }
      t.diagnostic(`${name}, ${kind}: save to screen: median ${Math.round(median(times))} ms of ${EDITS} (max ${Math.round(Math.max(...times))})`);
      await page.close();
    }
  });
}

test('mistakes appear over the last good page, and nothing typed elsewhere is lost', async (t) => {
  const site = await start(t, 'site-gen serve');
  const page = await open(await startBrowser(t), `${site.address}/privatliv/`);
  const form = await page.context().newPage();
  await form.goto(`${site.address}/fyn/bestil-en-betjent/formular/`);
  await form.fill('[name=navn]', 'Ida Holm');
  const good = await readFile(site.file('sider/privatliv.md'), 'utf8');

  await site.change('sider/privatliv.md', (text) => text.replace('\n## ', '\nDet nye.\n\n## '));
  await page.getByText('Det nye.').waitFor();
  assert.equal(await form.inputValue('[name=navn]'), 'Ida Holm', 'the form is unchanged');

  await site.change('sider/privatliv.md', (text) => text.replace('titel:', 'tittel:'));
  const mistakes = page.getByRole('region', { name: 'Fejl i indholdet' });
  await mistakes.waitFor();
  assert.match(await mistakes.innerText(), /sider\/privatliv\.md:2:1: »tittel« kendes ikke her\. Mente du »titel«\?/);
  assert.equal(await mistakes.evaluate((region) => getComputedStyle(region).position), 'fixed');
  assert.ok(await page.getByText('Det nye.').count());

  await writeFile(site.file('sider/privatliv.md'), good);
  await mistakes.waitFor({ state: 'detached' });
});

test('an edited form keeps what was typed, and its script still works', async (t) => {
  const site = await start(t, 'site-gen serve');
  const page = await open(await startBrowser(t), `${site.address}/fyn/bestil-en-betjent/formular/`);
  await page.evaluate(() => (window.isSame = true));
  const text = page.locator('textarea[data-max]').first();
  for (const [number, typed] of ['Min cykel', 'Min cykel er væk'].entries()) {
    await page.fill('[name=navn]', 'Ida Holm');
    await text.fill(typed);
    const question = `Spørgsmål nummer ${number}?`;
    await site.change('formularer/bestil-en-betjent.md', (file) => file.replace(/spoergsmaal: .*(?=\n {8}i_mail: Emne)/, `spoergsmaal: ${question}`));
    await page.getByText(question).first().waitFor();
    assert.equal(await page.inputValue('[name=navn]'), 'Ida Holm');
    assert.equal(await text.inputValue(), typed);
    const hint = text.locator('xpath=following-sibling::p[@aria-hidden="true"]');
    const before = await hint.innerText();
    await text.fill(`${typed}!`);
    assert.equal(await hint.count(), 1);
    assert.notEqual(await hint.innerText(), before, 'it counts what is typed');
  }
  assert.equal(await page.evaluate(() => window.isSame), true, 'it was not reloaded');
});

test('a draft is marked while it is written', async (t) => {
  const site = await start(t, 'site-gen serve');
  const page = await open(await startBrowser(t), `${site.address}/fyn/`);
  await writeFile(site.file('kredse/fyn/ny.md'), '---\ntitel: Ny side\nbeskrivelse: Om det nye.\nkladde: ja\n---\nTekst.\n');
  await page.getByRole('link', { name: 'Ny side (kladde)' }).click();
  const mark = page.getByText('Kladde – vises ikke på hjemmesiden');
  await mark.waitFor();
  assert.equal(await mark.evaluate((text) => getComputedStyle(text).position), 'fixed');
  await site.change('kredse/fyn/ny.md', (text) => text.replace('kladde: ja', 'oversaettes: nej'));
  await mark.waitFor({ state: 'detached' });
});
