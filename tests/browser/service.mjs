// The whole service for one test file, and the built site: the built program on a free port, with a database, a mailbox and a copy of the
// content of its own, so that pages stay as they are while somebody writes.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { figures } from './figures.mjs';
import { dropTable, passDeadline } from './table.mjs';

export const root = resolve(import.meta.dirname, '../..');
const built = (program) => resolve(root, process.env.CARGO_TARGET_DIR ?? 'target', 'debug', program);

// Starts it, and stops it when `t` is done, however that ends. Gives the address, without a slash at the end. It takes `limit`
// requests in ten minutes, or as many as come.
export const startService = async (t, { limit = 0 } = {}) => (await start(t, 1, tell, limit)).address;

// Lets the deadline of a request at a service of this file be over.
export const beOverdue = (site, id) => passDeadline(pids.get(site), site, id);

const pids = new Map();

// A service whose table is gone: before it has read any catalog from there, or `visited`, when it has one in memory. Only
// what was visited has more to tell than the content itself.
export async function startWithoutTable(t, { visited }) {
  const { address, pid } = await start(t, 0, visited ? tell : () => {});
  if (visited) await fetch(`${address}/find-kreds`);
  await dropTable(pid, address);
  return address;
}

// Builds the site into a folder that is gone when `t` is done, and gives where its pages are.
export async function buildSite(t, ...more) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-tests-site-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const built = spawnSync(siteGen, ['build', '--content', content, '--out', folder, ...more], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  return join(folder, 'public');
}

// The headers that the service gives every page.
export async function headersOf(site) {
  const { headers } = await fetch(`${site}/`);
  const ofThisAnswer = ['content-length', 'content-type', 'date', 'connection', 'keep-alive', 'transfer-encoding'];
  return Object.fromEntries([...headers].filter(([name]) => !ofThisAnswer.includes(name)));
}

// The paths of the built programs, and the folder of the content.
export const siteGen = built('site-gen');
export const program = built('local');
export const content = join(root, 'content');

// Stops of a mobile police station, one of which tells neither place nor time, in words that are long.
const STOPS = `stop:
  - {dato: 2099-12-05, tid: 14.00-16.30, by: Odense, sted: Speciallægekonsultationsparkeringspladsen, kommune: Odense, note: Tag cyklen med.}
  - {dato: 2099-12-05, tid: 14.00-16.30, by: Nyborg, sted: Torvet, kommune: Nyborg, diskret: ja}
`;

const PAST = 'stop:\n  - {dato: 2020-12-05, tid: 14.00-16.30, by: Rønne, sted: Torvet, kommune: Bornholm}\n';

// Figures, a message, a telephone number, guidance on complaints, a page of news, controls and a tour of one kreds, which was once at another address, a closed form of another, and a page that is left
// at once, so that the pages with one are among those looked at.
async function tell(copy) {
  const times = '  udloeber: 2099-12-31\n';
  for (const [file, text] of [
    ['kredse/fyn/kreds.md', `driftsbesked:\n  tekst: Vi har fået mange henvendelser. Vi ringer senere end normalt.\n${times}`],
    ['kredse/fyn/kreds.md', 'aliaser: [/fyns-politi/]\ntelefon: 96 30 14 48\n'],
    ['kredse/bornholm/kreds.md', 'telefon: 96 30 14 48\n'],
    ['sider/raad-om-tryghed.md', 'hurtig_udgang: https://www.dmi.dk/\n'],
    ['kredse/fyn/kreds.en.md', 'driftsbesked:\n  tekst: We have received many requests. We call later than usual.\n'],
    ['kredse/bornholm/kreds.md', 'lukket:\n  bestil-en-faerdselskontrol: Vi tager ikke imod forslag lige nu. Prøv igen i januar.\n'],
    ['kredse/bornholm/kreds.en.md', 'lukket:\n  bestil-en-faerdselskontrol: We receive no suggestions right now. Try again in January.\n'],
  ]) {
    const path = join(copy, file);
    await writeFile(path, (await readFile(path, 'utf8')).replace('\n---\n', `\n${text}---\n`));
  }
  const reason = join(copy, 'grunde/ikke-muligt.md');
  await writeFile(reason, (await readFile(reason, 'utf8')).replace('klagevejledning: nej', 'klagevejledning: ja'));
  const front = (title, more = '') => `---\ntitel: ${title}\nbeskrivelse: ${title}\n${more}---\n`;
  await writeFile(join(copy, 'kredse/fyn/tur.md'), front('Den mobile politistation på Fyn', STOPS));
  await writeFile(join(copy, 'kredse/fyn/tur.en.md'), front('The mobile police station on Funen'));
  await writeFile(join(copy, 'kredse/bornholm/tur.md'), front('Den mobile politistation på Bornholm', PAST));
  await writeFile(join(copy, 'kredse/bornholm/tur.en.md'), front('The mobile police station on Bornholm'));
  await writeFile(join(copy, 'kredse/fyn/nyt.md'), `${front('Nyt fra Fyn', 'nyhed: 2020-01-01\n')}Tekst.\n`);
  await writeFile(join(copy, 'kredse/fyn/nyt.en.md'), `${front('News from Funen')}Text.\n`);
  const controls = join(copy, 'kredse/fyn/her-var-vi');
  await mkdir(controls);
  const control = (more) => `---\nvej: Skovvej\nkommune: Odense\ndato: 2020-12-05\n${more}---\n`;
  const numbers = 'tid: 7.30\nminutter: 60\nkoeretoejer: 1250\nfor_hurtigt: 31\nboeder: 12\n';
  await writeFile(join(controls, '2020-12-05-skovvej.md'), `${control(numbers)}Tak, fordi I skrev. Vi kommer igen.\n`);
  await writeFile(join(controls, 'uden-tal.md'), control('').replace('Skovvej', 'Speciallægekonsultationsparkeringspladsen'));
  await writeFile(join(copy, 'data/tal.csv'), figures(await readdir(join(copy, 'kredse'))));
  // Both languages say the same: without this the pages would warn of it, as they do while somebody writes.
  const compared = spawnSync(siteGen, ['compared', '--all', '--content', copy], { encoding: 'utf8' });
  assert.equal(compared.status, 0, compared.stderr);
}

async function start(t, schedule, change, limit = 0) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-tests-'));
  const [data, copy] = [join(folder, 'data'), join(folder, 'content')];
  await cp(content, copy, { recursive: true });
  // Without the list of what is approved, so that a test may change what is promised.
  await rm(join(copy, 'data/loefter.txt'));
  await change(copy);
  const service = spawn(program, ['--port', '0', '--data', data, '--content', copy, '--schedule', `${schedule}`, '--limit', `${limit}`], {
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
  const address = await new Promise((found, failed) => {
    service.once('error', (error) => failed(new Error(`${program} does not start: ${error.message}`)));
    service.once('close', (code) => failed(new Error(`${program} ended with ${code}:\n${said}`)));
    createInterface({ input: service.stdout }).on('line', (line) => {
      said += `${line}\n`;
      const told = line.match(/^The site:\s+(http:\S+)\/$/);
      if (told) found(told[1]);
    });
  });
  pids.set(address, service.pid);
  return { address, pid: service.pid };
}
