// What the Nu HTML checker finds, warnings included.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checker = join(import.meta.dirname, '../node_modules/vnu-jar/build/dist/vnu.jar');

// The faults of documents, which are given as pairs of a name and the bytes.
export async function htmlFaults(documents) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-tests-html-'));
  try {
    for (const [name, bytes] of documents) await writeFile(join(folder, `${name}.html`), bytes);
    const { error, status, stderr } = spawnSync('java', ['-jar', checker, '--Werror', '--format', 'gnu', folder], {
      encoding: 'utf8',
    });
    if (error) throw error;
    const faults = stderr.replaceAll(`file:${folder}/`, '').split('\n').filter(Boolean);
    // A checker that could not check has found no fault, and nothing to be content with.
    return status === 0 || faults.length ? faults : [`the checker ended with ${status}`];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
