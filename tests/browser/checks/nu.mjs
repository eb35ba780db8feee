// What the Nu HTML checker finds, warnings included. It needs Java.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checker = join(import.meta.dirname, '../node_modules/vnu-jar/build/dist/vnu.jar');

// The faults of all HTML files in a folder.
export function nuFaultsIn(folder) {
  const options = ['-jar', checker, '--Werror', '--skip-non-html', '--format', 'gnu', folder];
  const { error, status, stderr } = spawnSync('java', options, { encoding: 'utf8' });
  if (error) throw error;
  const faults = stderr.replaceAll(`file:${folder}/`, '').split('\n').filter(Boolean);
  // A checker that could not check has found no fault, and nothing to be content with.
  return status === 0 || faults.length ? faults : [`the checker ended with ${status}`];
}

// The faults of documents, which are given as pairs of a name and the text.
export async function nuFaults(documents) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-tests-html-'));
  try {
    for (const [name, text] of documents) await writeFile(join(folder, `${name}.html`), text);
    return nuFaultsIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
