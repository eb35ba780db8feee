// The whole service for one test file: the built program on a free port, with a database, a mailbox and a copy of the
// content of its own, so that pages stay as they are while somebody writes.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');
const program = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target', 'debug/local');

// Starts it, and stops it when `t` is done, however that ends. Gives the address, without a slash at the end.
export async function startService(t) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-tests-'));
  const [data, content] = [join(folder, 'data'), join(folder, 'content')];
  await cp(join(root, 'content'), content, { recursive: true });
  const service = spawn(program, ['--port', '0', '--data', data, '--content', content, '--schedule', '1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => service.kill('SIGKILL');
  process.once('exit', stop);
  const ended = new Promise((done) => service.once('close', done));
  t.after(async () => {
    stop();
    process.off('exit', stop);
    await ended;
    await rm(folder, { recursive: true, force: true });
  });

  let said = '';
  service.stderr.on('data', (text) => (said += text));
  return await new Promise((found, failed) => {
    service.once('error', (error) => failed(new Error(`${program} does not start: ${error.message}`)));
    service.once('close', (code) => failed(new Error(`${program} ended with ${code}:\n${said}`)));
    createInterface({ input: service.stdout }).on('line', (line) => {
      said += `${line}\n`;
      const address = line.match(/^The site:\s+(http:\S+)\/$/);
      if (address) found(address[1]);
    });
  });
}
