// Lighthouse finds nothing to improve on the main pages: 100 in accessibility, best practices and search, and nothing
// that costs speed on every machine. The pages are those that are published, compressed as in the cloud. Times are
// printed. The check itself is shown to fail here, too.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CALL } from '../citizen.mjs';
import { lookedAt } from '../checks/lighthouse.mjs';
import { serve } from '../serve.mjs';
import { buildSite, headersOf, startService } from '../service.mjs';

// Serves the built site.
async function startSite(t, headers) {
  let folder;
  const site = await serve(t, headers, async (path) => {
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const bytes = await readFile(join(folder, name)).catch(() => null);
    return bytes && { name, bytes };
  });
  folder = await buildSite(t, '--base-url', site);
  return site;
}

// Serves the good page, and a copy with one error for each category.
async function startBroken(t, headers) {
  const folder = join(import.meta.dirname, '../broken');
  return await serve(t, headers, async (path) => {
    const name = path === '/broken' ? '/good.html' : path;
    const bytes = await readFile(join(folder, name)).catch(() => null);
    if (path !== '/broken') return bytes && { name, bytes };
    const page = String(bytes)
      .replace(' alt="A square" width="32" height="32"', '')
      .replace('</head>', '<script src="/says.js" defer></script>\n</head>')
      .replace(/<meta name="description".*\n/, '');
    return { name, bytes: page };
  });
}

test('Lighthouse finds nothing to improve', async (t) => {
  const headers = await headersOf(await startService(t));
  const site = await startSite(t, headers);
  for (const path of ['/', '/oestjylland/', CALL, `/en${CALL}`]) {
    await t.test(path, async (t) => {
      const { faults, speed } = await lookedAt(site + path);
      t.diagnostic(speed);
      assert.deepEqual(faults, []);
    });
  }
  await t.test('the good page', async () => {
    const { faults } = await lookedAt(`${await startBroken(t, headers)}/good.html`);
    assert.deepEqual(faults, []);
  });
  await t.test('a page with an error in each category', async () => {
    const { faults } = await lookedAt(`${await startBroken(t, headers)}/broken`);
    const says = [
      /^performance: .*unsized-images/,
      /^accessibility: .*image-alt/,
      /^best-practices: .*errors-in-console/,
      /^seo: .*meta-description/,
    ];
    for (const wanted of says) {
      assert.ok(faults.some((fault) => wanted.test(fault)), `${wanted} is not in ${JSON.stringify(faults)}`);
    }
  });
});
