// Every page that a citizen can meet: those of the sitemap, and those that only the function answers with.
import { CALL, CALL_ANSWERS, TRAFFIC, TRAFFIC_ANSWERS, fill, send, submit } from './citizen.mjs';

// Each has a name and `open`, which brings a browser's page there. `sample` is true for one page of each kind.
export async function everyPage(site) {
  const sitemap = await (await fetch(`${site}/sitemap.xml`)).text();
  const paths = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
  if (paths.length < 40) throw new Error(`the sitemap has only ${paths.length} pages`);
  // The kredse have the same pages: one stands for all.
  const others = paths.filter((path) => path !== '/oestjylland/' && paths.includes(`${path}bestil-en-betjent/`));
  const isSample = (path) => !others.some((kreds) => path.startsWith(kreds));
  return [...paths.map((path) => at(path, isSample(path))), ...ofTheFunction].map(({ name, sample, open }) => ({
    name,
    sample,
    open: (page) => open(page, site),
  }));
}

const at = (path, sample = true) => ({ name: path, sample, open: (page, site) => page.goto(site + path) });

const answered = (name, form, answers, then = async () => {}) => ({
  name,
  sample: true,
  open: async (page, site) => {
    await page.goto(site + form);
    await fill(page, answers);
    await submit(page);
    await page.waitForURL(`${site}/indsend/*`);
    await then(page, site);
  },
});

const toReceipt = async (page, site) => {
  await send(page);
  await page.waitForURL(`${site}/kvittering/*`);
};

const ofTheFunction = [
  at('/findes-ikke/'),
  at('/kvittering/kort'),
  at('/indsend/bestil-en-betjent'),
  at('/find-kreds?sted=8472'),
  at('/find-kreds?sted=Andeby'),
  at('/find-kreds?sted='),
  answered('a call, empty', CALL, {}),
  answered('a traffic control, empty', TRAFFIC, {}),
  answered('a call, wrong answers', CALL, { ...CALL_ANSWERS, postnr: '5000', telefon: '12 34', email: 'x' }),
  answered('a traffic control, in several kommuner', TRAFFIC, { ...TRAFFIC_ANSWERS, postnr: '8472', kommune: '' }),
  answered('a traffic control, too long', TRAFFIC, { ...TRAFFIC_ANSWERS, vej: 'Vej'.repeat(100) }),
  answered('a call, too large', CALL, { ...CALL_ANSWERS, beskrivelse: 'x'.repeat(40 * 1024) }),
  answered('a call, summary', CALL, CALL_ANSWERS),
  answered('a traffic control, summary', TRAFFIC, TRAFFIC_ANSWERS),
  answered('a call, summary for another kreds', CALL, { ...CALL_ANSWERS, kommune: 'Vejle' }),
  answered('a call, summary of long words', CALL, { ...CALL_ANSWERS, beskrivelse: 'Speciallæge'.repeat(20) }),
  answered('a call, receipt', CALL, CALL_ANSWERS, toReceipt),
  answered('a traffic control, receipt', TRAFFIC, TRAFFIC_ANSWERS, toReceipt),
];
