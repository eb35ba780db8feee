// A copy of the content for an editor, and the program that shows it meanwhile.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DESKTOP } from './browser.mjs';
import { content, program, siteGen } from './service.mjs';

export const PROGRAMS = {
  'site-gen serve': (copy) => [siteGen, ['serve', '--port', '0', '--content', copy]],
  'cargo run': (copy, folder) => [program, ['--port', '0', '--content', copy, '--data', join(folder, 'data'), '--schedule', '0']],
};

// Starts one of the two programs on a copy of the real content, until `t` is done.
export async function start(t, name) {
  const folder = await mkdtemp(join(tmpdir(), 'live-'));
  const copy = join(folder, 'content');
  await cp(content, copy, { recursive: true });
  const [command, options] = PROGRAMS[name](copy, folder);
  const running = spawn(command, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => running.once('close', done));
  t.after(async () => {
    running.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });
  const address = await new Promise((found, failed) => {
    running.once('close', (code) => failed(new Error(`${command} ended with ${code}`)));
    createInterface({ input: running.stdout }).on('line', (line) => {
      const told = line.match(/(http:\S+)\/$/);
      if (told) found(told[1]);
    });
  });
  const file = (path) => join(copy, path);
  return {
    address,
    copy,
    file,
    change: async (path, edit) => writeFile(file(path), edit(await readFile(file(path), 'utf8'))),
  };
}

export async function open(browser, address) {
  const page = await (await browser.newContext({ viewport: DESKTOP })).newPage();
  await page.goto(address);
  return page;
}
