// Errors and warnings of the Nu HTML checker, which needs Java.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checker = join(import.meta.dirname, '../node_modules/vnu-jar/build/dist/vnu.jar');

// Returns the problems of all HTML files in a folder.
export function nuFaultsIn(folder) {
  const options = ['-jar', checker, '--Werror', '--skip-non-html', '--format', 'gnu', folder];
  const { error, status, stderr } = spawnSync('java', options, { encoding: 'utf8' });
  if (error) throw error;
  const faults = stderr.replaceAll(`file:${folder}/`, '').split('\n').filter(Boolean);
  // A checker that could not run finds no problems, which must not pass.
  return status === 0 || faults.length ? faults : [`the checker ended with ${status}`];
}

// Returns the problems of documents, given as pairs of name and text.
export async function nuFaults(documents) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-tests-html-'));
  try {
    for (const [name, text] of documents) await writeFile(join(folder, `${name}.html`), text);
    return nuFaultsIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
