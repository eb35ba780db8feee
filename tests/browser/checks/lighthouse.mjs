// Lighthouse's four scores of a page on a slow phone, and what costs points.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { chromium } from 'playwright-core';
import lighthouse from 'lighthouse';
import { ARGUMENTS, program } from '../browser.mjs';

// What keeps a page from 100 in any of the categories.
// Lighthouse computes the phone's times from what happened here, so a busy machine may cost a point: it gets three tries,
// each with a browser of its own. One that could not record a page once cannot the next time either.
export async function lighthouseFaults(address, tries = 3) {
  let faults;
  for (let left = tries; left > 0; left -= 1) {
    faults = await oneTry(address);
    if (faults.length === 0) break;
  }
  return faults;
}

async function oneTry(address) {
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: program(),
    args: [...ARGUMENTS, `--remote-debugging-port=${port}`],
  });
  try {
    const { lhr } = await lighthouse(address, { port, logLevel: 'silent', output: 'json' });
    const categories = Object.values(lhr.categories);
    return lhr.runtimeError ? [lhr.runtimeError.message] : categories.flatMap((category) => told(lhr, category));
  } finally {
    await browser.close();
  }
}

function told({ audits }, { id, score, auditRefs }) {
  if (score === 1) return [];
  const costs = auditRefs.filter((ref) => ref.weight > 0 && audits[ref.id].score !== null && audits[ref.id].score < 1);
  const why = costs.map((ref) => `${ref.id} (${audits[ref.id].displayValue ?? audits[ref.id].title})`);
  return [`${id}: ${Math.round(score * 100)}: ${why.join(', ')}`];
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
