// The whole service for one test file, and the built site: the built program on a free port, with its own database,
// mailbox and copy of the content, so that pages do not change while somebody writes.
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

// Starts it, and stops it when `t` is done, passed or failed. Returns the address without a trailing slash. It accepts
// `limit` requests in ten minutes, or any number.
export const startService = async (t, { limit = 0 } = {}) => (await start(t, 1, tell, limit)).address;

// Moves the deadline of a request at a service of this file into the past.
export const beOverdue = (site, id) => passDeadline(pids.get(site), site, id);

const pids = new Map();

// Starts a service whose table is gone: before it has read any catalog, or, if `visited`, with one in memory. Only a
// visited one has more than the content itself.
export async function startWithoutTable(t, { visited }) {
  const { address, pid } = await start(t, 0, visited ? tell : () => {});
  if (visited) await fetch(`${address}/find-kreds`);
  await dropTable(pid, address);
  return address;
}

// Builds the site into a folder that is removed when `t` is done, and returns the folder of its pages.
export async function buildSite(t, ...more) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-tests-site-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const built = spawnSync(siteGen, ['build', '--content', content, '--out', folder, ...more], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  return join(folder, 'public');
}

// Returns the headers that the service sends with every page.
export async function headersOf(site) {
  const { headers } = await fetch(`${site}/`);
  const ofThisAnswer = ['content-length', 'content-type', 'date', 'connection', 'keep-alive', 'transfer-encoding'];
  return Object.fromEntries([...headers].filter(([name]) => !ofThisAnswer.includes(name)));
}

// The paths of the built programs, and the folder of the content.
export const siteGen = built('site-gen');
export const program = built('local');
export const content = join(root, 'content');

// Stops of a mobile police station in long words, one of them without place and time.
const STOPS = `stop:
  - {dato: 2099-12-05, tid: 14.00-16.30, by: Odense, sted: Speciallægekonsultationsparkeringspladsen, kommune: Odense, note: Tag cyklen med.}
  - {dato: 2099-12-05, tid: 14.00-16.30, by: Nyborg, sted: Torvet, kommune: Nyborg, diskret: ja}
`;

const PAST = 'stop:\n  - {dato: 2020-12-05, tid: 14.00-16.30, by: Rønne, sted: Torvet, kommune: Bornholm}\n';

// Adds content so that pages with it are checked: figures; a message, a telephone number, guidance on complaints, news,
// controls, a tour and an old address of one kreds; a closed form of another; and a page with a quick exit.
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
  // Marks translations as compared: otherwise the pages would warn, as they do while somebody writes.
  const compared = spawnSync(siteGen, ['compared', '--all', '--content', copy], { encoding: 'utf8' });
  assert.equal(compared.status, 0, compared.stderr);
}

async function start(t, schedule, change, limit = 0) {
  const folder = await mkdtemp(join(tmpdir(), 'browser-tests-'));
  const [data, copy] = [join(folder, 'data'), join(folder, 'content')];
  await cp(content, copy, { recursive: true });
  // Without the list of approved commitments, so that a test may change them.
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
