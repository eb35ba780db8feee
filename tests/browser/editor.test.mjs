// An editor's day: twenty edits, some with mistakes. Each mistake is reported at its place, and never published.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { startBrowser } from './browser.mjs';
import { siteGen } from './service.mjs';
import { open, start } from './writing.mjs';

const ADVICE = 'sider/raad-om-tryghed.md';
const KREDS = 'kredse/fyn/kreds.md';

// Appends a paragraph to a text; on the page of advice, it begins in line 17.
const add = (paragraph) => (text) => `${text.trimEnd()}\n\n${paragraph}\n`;
const replace = (from, to) => (text) => {
  assert.ok(text.includes(from), `»${from}« is not in the text`);
  return text.replace(from, to);
};
const bytes = (edit) => ({ bytes: edit });

// What is saved, and either where and how the mistake is reported, or what the page then says.
const DAY = [
  { file: ADVICE, save: add('Tænd lyset, når du går.'), shows: 'Tænd lyset, når du går.' },
  { file: ADVICE, save: replace('titel:', 'tittel:'), at: `${ADVICE}:2:1`, says: /Mente du »titel«\?/ },
  { file: ADVICE, save: replace('---\ntitel: Råd om tryghed\n', '---\n{titel: Råd om tryghed, beskrivelse: Råd.}\nkladde: ja\n'), at: `${ADVICE}:3:1` },
  { file: ADVICE, save: replace('Ring 114,', 'Ring 115,'), at: `${ADVICE}:15:38`, says: /115/ },
  { file: ADVICE, save: add('Ring 87 **31** 14 49.'), at: `${ADVICE}:17:6`, says: /87 \*\*31/ },
  { file: ADVICE, save: add('En betjent ringer inden 3 dage.'), at: `${ADVICE}:17:` },
  { file: ADVICE, save: add('##Sådan gør du'), at: `${ADVICE}:17:` },
  { file: ADVICE, save: add('Læs [om privatliv] (/privatliv/).'), at: `${ADVICE}:17:` },
  { file: ADVICE, save: add('Læs [om privatliv](/privatlivv/).'), at: `${ADVICE}:17:5`, says: /\/privatliv\// },
  { file: ADVICE, save: add('**Vigtigt **at huske.'), at: `${ADVICE}:17:` },
  { file: ADVICE, save: add('•\tTænd lyset'), at: `${ADVICE}:17:1` },
  { file: ADVICE, save: add('[OBS]: lukket'), at: `${ADVICE}:17:1` },
  { file: ADVICE, save: add('Vil du vide mere, så [læs](/privat liv/).'), at: `${ADVICE}:17:` },
  { file: ADVICE, save: add('18. december 2026 holder vi åbent hus.'), shows: '18. december 2026 holder vi åbent hus.' },
  { file: ADVICE, save: add('<<<<<<< HEAD\nTænd lyset.\n=======\nSluk lyset.\n>>>>>>> rettelser'), at: `${ADVICE}:17:1` },
  { file: ADVICE, save: bytes((text) => Buffer.from(add('Lås døren.')(text).normalize('NFD'))), shows: 'Lås døren.' },
  { file: ADVICE, save: bytes((text) => Buffer.from(text, 'utf16le')), at: ADVICE, says: /UTF-16/ },
  { file: ADVICE, save: bytes((text) => Buffer.from(text, 'latin1')), at: `${ADVICE}:2:9`, says: /UTF-8/ },
  { file: 'ord/fareord.txt', save: (text) => `${text.trimEnd()}\nkniv, økse\n`, at: 'ord/fareord.txt:' },
  { file: KREDS, save: replace('\nbeskrivelse:', '\ndriftsbesked:\n  tekst: Vi ringer **senere**.\n  udloeber: 2099-01-01\nbeskrivelse:'), at: `${KREDS}:15:` },
];

// Hashes the names and contents of all files in a folder.
async function fingerprint(folder) {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest('hex');
}

test('twenty edits: each mistake is reported at its place, and never published', async (t) => {
  const site = await start(t, 'site-gen serve');
  const out = await mkdtemp(join(tmpdir(), 'published-'));
  t.after(() => rm(out, { recursive: true, force: true }));
  const publish = () => spawnSync(siteGen, ['build', '--content', site.copy, '--out', out], { encoding: 'utf8' });
  const page = await open(await startBrowser(t), `${site.address}/raad-om-tryghed/`);
  const mistakes = page.getByRole('region', { name: 'Fejl i indholdet' });
  assert.equal(publish().status, 0);
  let published = await fingerprint(out);
  for (const { file, save, at, says, shows } of DAY) {
    const before = await readFile(site.file(file));
    const told = `${file}: ${at ?? shows}`;
    const text = before.toString();
    await writeFile(site.file(file), save.bytes ? save.bytes(text) : save(text));
    if (shows) {
      await page.getByText(shows).waitFor();
      const { status, stderr } = publish();
      assert.equal(status, 0, `${told}\n${stderr}`);
      const now = await fingerprint(out);
      assert.notEqual(now, published, told);
      published = now;
    } else {
      await mistakes.getByText(at).first().waitFor().catch(async () => assert.fail(`${told}\n${await page.locator('body').innerText()}`));
      if (says) assert.match(await mistakes.innerText(), says, told);
      assert.ok(await page.getByText('Skriv ned, hvad du oplever.').count(), `${told}: the last good page is below`);
      const { status, stderr } = publish();
      assert.equal(status, 1, told);
      assert.ok(stderr.includes(at), `${told}\n${stderr}`);
      assert.equal(await fingerprint(out), published, `${told}: nothing is published`);
    }
    await writeFile(site.file(file), before);
    await mistakes.waitFor({ state: 'detached' });
  }
});
