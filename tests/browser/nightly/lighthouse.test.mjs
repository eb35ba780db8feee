// Lighthouse finds nothing to improve on the pages that everybody meets: 100 in accessibility, best practices and search, and
// nothing that costs speed on every machine. The pages are those that are published, packed as the cloud packs them. Times
// are printed. The check itself is seen to fail here, too.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CALL } from '../citizen.mjs';
import { lookedAt } from '../checks/lighthouse.mjs';
import { serve } from '../serve.mjs';
import { buildSite, headersOf, startService } from '../service.mjs';

// Gives what the site has at a path, once it is built.
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

// The good page of the broken ones, with one fault for each category.
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
  await t.test('a page without a fault', async () => {
    const { faults } = await lookedAt(`${await startBroken(t, headers)}/good.html`);
    assert.deepEqual(faults, []);
  });
  await t.test('a page with a fault of each kind', async () => {
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
