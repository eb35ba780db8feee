// Problems that Lighthouse finds on a page with a slow phone, except those that depend on how busy this machine is.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { chromium } from 'playwright-core';
import lighthouse from 'lighthouse';
import { ARGUMENTS, program } from '../browser.mjs';

// Performance audits with the same result on every machine: what moves, and what is sent. Times are only printed: a
// busy machine makes every page slow.
const SAME_EVERYWHERE = [
  'cumulative-layout-shift',
  'unminified-css',
  'unminified-javascript',
  'unused-javascript',
  'uses-text-compression',
  'uses-optimized-images',
  'uses-responsive-images',
  'unsized-images',
  'total-byte-weight',
  'dom-size',
  'font-display',
  'redirects',
  'no-document-write',
];

// Returns the page's `faults`, and its `speed` as a line for people. A browser that failed to record a page fails
// again, so each try has its own.
export async function lookedAt(address, tries = 3) {
  const { lhr } = await recorded(address, tries);
  if (lhr.runtimeError) return { faults: [lhr.runtimeError.message], speed: 'not measured' };
  const { performance, ...others } = lhr.categories;
  const slow = SAME_EVERYWHERE.filter((id) => lhr.audits[id] && costs(lhr.audits[id]));
  const faults = [
    ...Object.values(others).flatMap((category) => told(lhr, category)),
    ...slow.map((id) => `performance: ${id} (${words(lhr.audits[id])})`),
  ];
  const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'speed-index'];
  const speed = times.map((id) => `${id} ${lhr.audits[id].displayValue}`).join(', ');
  return { faults, speed: `performance ${Math.round(performance.score * 100)}: ${speed}` };
}

async function recorded(address, tries) {
  const result = await oneTry(address);
  return result.lhr.runtimeError && tries > 1 ? recorded(address, tries - 1) : result;
}

async function oneTry(address) {
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: program(),
    args: [...ARGUMENTS, `--remote-debugging-port=${port}`],
  });
  try {
    return await lighthouse(address, { port, logLevel: 'silent', output: 'json' });
  } finally {
    await browser.close();
  }
}

function told({ audits }, { id, score, auditRefs }) {
  if (score === 1) return [];
  const why = auditRefs.filter((ref) => ref.weight > 0 && costs(audits[ref.id])).map((ref) => `${ref.id} (${words(audits[ref.id])})`);
  return [`${id}: ${Math.round(score * 100)}: ${why.join(', ')}`];
}

const costs = ({ score }) => score !== null && score < 1;
const words = ({ displayValue, title }) => displayValue || title;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
