// The pages that the function answers with are valid HTML, as those of the site are (`tests/run` checks those files).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startBrowser } from './browser.mjs';
import { everyPage } from './pages.mjs';
import { startService } from './service.mjs';

const checker = join(import.meta.dirname, 'node_modules/vnu-jar/build/dist/vnu.jar');

test('the answers of the function are valid HTML', async (t) => {
  const site = await startService(t);
  const page = await (await startBrowser(t)).newPage();
  const folder = await mkdtemp(join(tmpdir(), 'browser-tests-html-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  let last;
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) last = response;
  });
  const pages = (await everyPage(site)).filter(({ sample }) => sample);
  for (const { name, open } of pages) {
    await open(page);
    await writeFile(join(folder, `${name.replaceAll(/\W+/g, '-')}.html`), await last.body());
  }
  const { error, status, stderr } = spawnSync('java', ['-jar', checker, '--Werror', '--format', 'gnu', folder], {
    encoding: 'utf8',
  });
  assert.ifError(error);
  assert.deepEqual([stderr.replaceAll(`file:${folder}/`, ''), status], ['', 0]);
});
