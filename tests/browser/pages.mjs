// Every page that a citizen can see: those of the sitemap, and those that only the function returns.
import { startService, startWithoutTable } from './service.mjs';
import { states } from './states.mjs';

// Whether everything is checked, or only a representative part.
const { SCOPE = '' } = process.env;
if (!['', 'all'].includes(SCOPE)) throw new Error(`SCOPE is ${SCOPE}: it may only be all`);
export const ALL = SCOPE === 'all';

// The kreds whose pages represent those of all, and those whose front pages have more: see service.mjs.
const KREDS = 'oestjylland';
const TOLD = ['fyn', 'bornholm'];

// Starts the services that the pages need, until `t` is done. Returns their origins, and the pages: each has a name,
// the name of its Danish page, and `open`, which opens it in a browser's page. `sample` is true except for the front
// pages of kredse that have nothing of their own.
export async function everyPage(t) {
  const [site, later, forgetful, empty] = await Promise.all([
    startService(t),
    startService(t),
    startWithoutTable(t, { visited: true }),
    startWithoutTable(t, { visited: false }),
  ]);
  const pages = [...ofTheSite(await pathsOf(site)), ...states].map(({ name, sample = true, open, ...rest }) => ({
    ...rest,
    name,
    danish: name.replace(/^\/en\//, '/').replace('sprog=en&', '').replace(', in English', ''),
    sample,
    open: (page) => open(page, { site, later, forgetful, empty }),
  }));
  return { origins: [site, later, forgetful, empty], pages };
}

// Turns a name into a file name.
export const fileName = (name) => name.replace(/^\/$/, 'forside').replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '');

async function pathsOf(site) {
  const sitemap = await (await fetch(`${site}/sitemap.xml`)).text();
  const paths = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
  if (paths.length < 40) throw new Error(`the sitemap has only ${paths.length} pages`);
  return paths;
}

// All kredse have the same pages, so of the others only the front pages are checked, which have their own words.
function ofTheSite(paths) {
  const ours = paths.filter((path) => path.endsWith(`/${KREDS}/`));
  const fronts = paths.filter((path) => paths.includes(`${path}bestil-en-betjent/`));
  if (ours.length < 2 || fronts.length < 24) throw new Error(`only ${fronts.length} front pages of kredse were found`);
  const others = fronts.filter((path) => !ours.includes(path));
  const isTold = (path) => TOLD.some((kreds) => path.endsWith(`/${kreds}/`));
  const kept = paths.filter((path) => !others.some((front) => path.startsWith(front) && path !== front));
  return kept.map((path) => ({
    name: path,
    sample: !others.includes(path) || isTold(path),
    open: (page, { site }) => page.goto(site + path),
  }));
}
