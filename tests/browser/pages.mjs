// Every page that a citizen can meet: those of the sitemap, and those that only the function answers with.
import { startService, startWithoutTable } from './service.mjs';
import { states } from './states.mjs';

// The kreds whose pages stand for those of all.
const KREDS = 'oestjylland';

// Starts the services that the pages need, until `t` is done. Gives their origins, and the pages: each has a name and
// `open`, which brings a browser's page there. `sample` is true for all but the front pages of the other kredse.
export async function everyPage(t) {
  const [site, forgetful, empty] = await Promise.all([
    startService(t),
    startWithoutTable(t, { visited: true }),
    startWithoutTable(t, { visited: false }),
  ]);
  const pages = [...ofTheSite(await pathsOf(site)), ...states].map(({ sample = true, open, ...rest }) => ({
    ...rest,
    sample,
    open: (page) => open(page, { site, forgetful, empty }),
  }));
  return { origins: [site, forgetful, empty], pages };
}

// A name as a file may have it.
export const fileName = (name) => name.replace(/^\/$/, 'forside').replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '');

async function pathsOf(site) {
  const sitemap = await (await fetch(`${site}/sitemap.xml`)).text();
  const paths = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
  if (paths.length < 40) throw new Error(`the sitemap has only ${paths.length} pages`);
  return paths;
}

// The kredse have the same pages: of the others only the front pages are looked at, whose words are their own.
function ofTheSite(paths) {
  const ours = paths.filter((path) => path.endsWith(`/${KREDS}/`));
  const fronts = paths.filter((path) => paths.includes(`${path}bestil-en-betjent/`));
  if (ours.length < 2 || fronts.length < 24) throw new Error(`only ${fronts.length} front pages of kredse were found`);
  const others = fronts.filter((path) => !ours.includes(path));
  const kept = paths.filter((path) => !others.some((front) => path.startsWith(front) && path !== front));
  return kept.map((path) => ({
    name: path,
    sample: !others.includes(path),
    open: (page, { site }) => page.goto(site + path),
  }));
}
