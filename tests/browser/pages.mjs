// Every page that a citizen can meet: those of the sitemap, and those that only the function answers with.
import { CALL, CALL_ANSWERS, TRAFFIC, TRAFFIC_ANSWERS, fill, press, submit } from './citizen.mjs';

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

// What the function answers to a form: an element of the page says that it is the one that is meant.
const answered = (name, form, answers, shows, then = []) => ({
  name,
  sample: true,
  open: async (page, site) => {
    await page.goto(site + form);
    await fill(page, answers);
    await submit(page);
    for (const value of then) await press(page, value);
    await page.locator(shows).waitFor();
  },
});

const EMPTY = '#fejl li:nth-child(5)';
const SUMMARY = 'button[value="send"]';
const RECEIPT = '#reference';
const WITH_CPR = 'Jeg har cpr-nummer 010190-1234.';

const ofTheFunction = [
  at('/findes-ikke/'),
  at('/kvittering/kort'),
  at('/indsend/bestil-en-betjent'),
  at('/find-kreds?sted=8472'),
  at('/find-kreds?sted=Andeby'),
  at('/find-kreds?sted='),
  at('/find-kreds?sprog=en&sted=Andeby'),
  answered('a call, empty', CALL, {}, EMPTY),
  answered('a traffic control, empty', TRAFFIC, {}, EMPTY),
  answered('a call in English, empty', `/en${CALL}`, {}, EMPTY),
  answered(
    'a call, wrong answers',
    CALL,
    { ...CALL_ANSWERS, postnr: '5000', telefon: '12 34', email: 'x' },
    '#telefon-error',
  ),
  answered(
    'a traffic control, in several kommuner',
    TRAFFIC,
    { ...TRAFFIC_ANSWERS, postnr: '8472', kommune: '' },
    '#kommune-error',
  ),
  answered('a traffic control, too long', TRAFFIC, { ...TRAFFIC_ANSWERS, vej: 'Vej'.repeat(100) }, '#vej-error'),
  answered('a call, too large', CALL, { ...CALL_ANSWERS, beskrivelse: 'x'.repeat(40 * 1024) }, 'main a.button[href="/"]'),
  answered('a call with a CPR number', CALL, { ...CALL_ANSWERS, beskrivelse: WITH_CPR }, '#beskrivelse-error'),
  answered('a call about danger', CALL, { ...CALL_ANSWERS, beskrivelse: 'Jeg bliver truet.' }, 'main a.button[href="tel:112"]'),
  answered('a call, summary', CALL, CALL_ANSWERS, SUMMARY),
  answered('a traffic control, summary', TRAFFIC, TRAFFIC_ANSWERS, SUMMARY),
  answered('a traffic control in English, summary', `/en${TRAFFIC}`, TRAFFIC_ANSWERS, SUMMARY),
  answered('a call, summary for another kreds', CALL, { ...CALL_ANSWERS, kommune: 'Vejle' }, '.alert-info'),
  answered(
    'a call, summary of long words',
    CALL,
    { ...CALL_ANSWERS, beskrivelse: 'Speciallæge'.repeat(20) },
    SUMMARY,
  ),
  answered('a call, back from the summary', CALL, CALL_ANSWERS, '#vej', ['ret']),
  {
    name: 'a call from a page that is out of date',
    sample: true,
    open: async (page, site) => {
      await page.goto(site + CALL);
      await page.locator('[name="udgave"]').evaluate((field) => (field.value = '0123456789abcdef'));
      await submit(page);
      await page.locator('.alert-warning').waitFor();
    },
  },
  answered('a call, receipt', CALL, CALL_ANSWERS, RECEIPT, ['send']),
  answered('a traffic control, receipt', TRAFFIC, TRAFFIC_ANSWERS, RECEIPT, ['send']),
  answered('a call in English, receipt', `/en${CALL}`, CALL_ANSWERS, RECEIPT, ['send']),
];
