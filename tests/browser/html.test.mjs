// Every page of the built site is valid HTML; at night, the Nu checker agrees.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { htmlFaults } from './checks/html.mjs';
import { nuFaultsIn } from './checks/nu.mjs';
import { ALL } from './pages.mjs';
import { buildSite } from './service.mjs';

test('every page of the site is valid HTML', async (t) => {
  const site = await buildSite(t);
  const names = (await readdir(site, { recursive: true })).filter((name) => name.endsWith('.html'));
  assert.ok(names.length > 200, `only ${names.length} pages`);
  const faults = [];
  for (const name of names) {
    const found = await htmlFaults(await readFile(join(site, name), 'utf8'));
    faults.push(...found.map((fault) => `${name}:${fault}`));
  }
  assert.deepEqual(faults, []);
  t.diagnostic(`${names.length} pages`);
  if (ALL) assert.deepEqual(nuFaultsIn(site), []);
});
