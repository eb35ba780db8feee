// Pages that only the function returns: errors, summaries, receipts and refusals, in both languages.
import {
  CALL,
  CALL_ANSWERS,
  CALL_START,
  TRAFFIC,
  TRAFFIC_ANSWERS,
  TRAFFIC_START,
  fill,
  press,
  submit,
} from './citizen.mjs';
import { choose, request, wait } from './case.mjs';
import { beOverdue } from './service.mjs';

// A page at an address, with its expected status.
const at = (path, status = 200, on = 'site') => ({
  name: on === 'site' ? path : `${path} (${on})`,
  open: async (page, services) => {
    const answer = await page.goto(services[on] + path);
    if (answer.status() !== status) throw new Error(`${path} answered ${answer.status()}`);
  },
});

// The function's answer to a form. `shows` is an element that only the expected answer has; `then` are the buttons to
// press after the first answer; `change` changes the form's page in ways that its fields cannot.
const answered = (name, form, answers, shows, { then = [], on = 'site', change = () => {} } = {}) => ({
  name,
  open: async (page, services) => {
    await page.goto(services[on] + form);
    await fill(page, answers);
    await page.evaluate(change);
    await submit(page);
    for (const value of then) await press(page, value);
    await page.locator(shows).waitFor();
    const language = form.startsWith('/en/') ? 'en' : 'da';
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached', timeout: 5000 });
  },
});

// A page that redirects, seen when its target is empty: its link leads to the target.
const stays = (path, to, origin) => ({
  name: path,
  leads: origin,
  open: async (page, { site }) => {
    const target = to.startsWith('/') ? site + to : to;
    // An answer without content keeps the browser where it is.
    await page.route(target, (route) => route.fulfill({ status: 204 }));
    const asked = page.waitForResponse(target);
    await page.goto(site + path);
    const address = (await asked).url();
    await page.unroute(target);
    const links = await page.locator('main a').evaluateAll((found) => found.map(({ href }) => href));
    if (!links.includes(address)) throw new Error(`${path} has no link to ${address}`);
  },
});

// The search with the results for a text, or with none.
const searched = (name, path, text) => ({
  name,
  open: async (page, { site }) => {
    await page.goto(site + path);
    await page.locator('#q').fill(text);
    await page.waitForFunction(() => document.querySelector('[role="status"]').textContent !== '');
  },
});

// A state in Danish and in English, from different citizens: equal answers are one request, with one receipt.
const twice = (name, form, answers, ...rest) => [
  answered(name, form, answers, ...rest),
  answered(`${name}, in English`, `/en${form}`, answers.navn ? { ...answers, navn: 'Ann Smith' } : answers, ...rest),
];

const { telefon: _, ...CALL_OF_SOMEBODY } = CALL_ANSWERS;

// An officer's page, opened by the link in a mail, after some choices in one of its forms.
const officer = (name, answers, shows, choices = [], form = '#valg') => ({
  name,
  open: async (page, { site }) => {
    const { officers } = await request(page, site, answers);
    await page.goto(site + officers);
    for (const choice of choices) await choose(page, choice, form);
    await page.locator(shows).first().waitFor();
  },
});

// The question whether somebody has called, after the deadline and after some answers.
const asked = (name, shows, answers = []) =>
  ['', ', in English'].map((language) => ({
    name: `the question whether somebody has called${name}${language}`,
    open: async (page, { site }) => {
      const asks = language ? { ...CALL_OF_SOMEBODY, navn: 'Ann Smith' } : CALL_OF_SOMEBODY;
      const { receipt } = await request(page, site, asks, language ? `/en${CALL}` : CALL);
      await beOverdue(site, receipt.split('/').pop());
      await page.goto(`${site}${receipt}/blev-du-ringet-op`);
      for (const answer of answers) {
        if (answer) await page.locator(`#svar-${answer}`).check();
        await page.locator('main form button').click();
      }
      await page.locator(shows).first().waitFor();
    },
  }));

// A citizen's page in both languages: after choices of an officer that can no longer be undone, perhaps with a `call`
// that can, and after what the citizen does there.
let clock = Promise.resolve();
const citizens = (name, shows, { choices = [], call, does = async () => {} }) =>
  ['', ', in English'].map((language) => ({
    name: `a citizen's page, ${name}${language}`,
    open: async (page, services) => {
      // On the service whose time jumps, pages are checked one after the other.
      const site = services[choices.length ? 'later' : 'site'];
      const opens = async () => {
        const answers = language ? { ...CALL_OF_SOMEBODY, navn: 'Ann Smith' } : CALL_OF_SOMEBODY;
        const { receipt, officers } = await request(page, site, answers, language ? `/en${CALL}` : CALL);
        for (const choice of choices) {
          await page.goto(site + officers);
          await choose(page, choice);
          await wait(page, site);
        }
        if (call) {
          await page.goto(site + officers);
          await choose(page, { [call]: true }, '#ringer');
        }
        await page.goto(site + receipt);
        await does(page);
        await page.locator(shows).first().waitFor();
      };
      if (!choices.length) return await opens();
      clock = clock.then(opens, opens);
      await clock;
    },
  }));
const sends = (form, values = {}) => async (page) => {
  await fill(page, values);
  await page.locator(`${form} button`).click();
};

const EMPTY = '#fejl li:nth-child(5)';
const SUMMARY = 'button[value="send"]';
const RECEIPT = '#reference';
const REFUSED = 'main .lead + p a[href="tel:114"]';
const RECEIPT_PATH = `/kvittering/${'0'.repeat(32)}`;
const WITH_CPR = 'Jeg har cpr-nummer 010190-1234.';

const exits = ['ring-112', 'ring-114', 'kontakt-kommunen'].flatMap((exit) => [
  at(`${CALL_START}${exit}/`),
  at(`/en${TRAFFIC_START}${exit}/`),
]);

const STATEMENTS = 'https://was.digst.dk';

export const states = [
  ...exits,
  ...['/was/', '/en/was/'].map((path) => stays(path, `${STATEMENTS}/**`, STATEMENTS)),
  stays('/fyns-politi/', '/fyn/'),
  stays('/en/fyns-politi/', '/en/fyn/'),
  searched('the search, with results', '/soeg/', 'indbrud'),
  searched('the search, with results, in English', '/en/soeg/', 'police'),
  searched('the search, without results, in English', '/en/soeg/', 'xylophone'),
  {
    name: 'a page with a quick exit, scrolled to its middle',
    open: async (page, { site }) => {
      await page.goto(`${site}/raad-om-tryghed/`);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    },
  },
  at('/findes-ikke/', 404),
  at('/en/findes-ikke/', 404),
  at('/kvittering/kort', 404),
  at('/find-kreds?sted=8472'),
  at('/find-kreds?sprog=en&sted=8472'),
  at('/find-kreds?sted=Andeby'),
  at('/find-kreds?sted='),
  at('/find-kreds?sted=Hadstn'),
  at('/find-kreds?form=bestil-en-faerdselskontrol'),
  at('/find-kreds?sprog=en&form=bestil-en-betjent'),
  at('/find-kreds?sprog=en&form=bestil-en-faerdselskontrol&sted=8472'),
  at('/find-kreds?sprog=en&sted=Andeby'),
  ...twice('a call, empty', CALL, {}, EMPTY),
  ...twice('a traffic control, empty', TRAFFIC, {}, EMPTY),
  answered(
    'a call, wrong answers',
    CALL,
    { ...CALL_ANSWERS, postnr: 'Andeby', telefon: '12 34', email: 'x' },
    '#telefon-error',
  ),
  ...twice('a traffic control, in several kommuner', TRAFFIC, { ...TRAFFIC_ANSWERS, postnr: '8472' }, '#kommune-error'),
  ...twice('a call from one of several towns', CALL, { ...CALL_ANSWERS, postnr: 'Nykøbing' }, '#kommune-0376'),
  answered('a call from a misspelt place', CALL, { ...CALL_ANSWERS, postnr: 'Hadstn' }, '#kommune-0710'),
  answered('a traffic control, too long', TRAFFIC, { ...TRAFFIC_ANSWERS, vej: 'Vej'.repeat(100) }, '#vej-error'),
  ...twice('a call with a CPR number', CALL, { ...CALL_ANSWERS, beskrivelse: WITH_CPR }, '#beskrivelse-error'),
  ...twice(
    'a call about danger',
    CALL,
    { ...CALL_ANSWERS, beskrivelse: 'Jeg bliver truet.' },
    'main a.button[href="tel:112"]',
  ),
  ...twice(
    'a call that reports a theft',
    CALL,
    { ...CALL_ANSWERS, beskrivelse: 'Jeg har fået stjålet min cykel.' },
    'main a.button[href="tel:114"]',
  ),
  ...twice('a call, summary', CALL, CALL_ANSWERS, SUMMARY),
  ...twice('a traffic control, summary', TRAFFIC, TRAFFIC_ANSWERS, SUMMARY),
  ...twice('a call, summary for another kreds', CALL, { ...CALL_ANSWERS, postnr: 'Vejle' }, '.alert-info'),
  answered(
    'a call, summary of long words',
    CALL,
    { ...CALL_ANSWERS, beskrivelse: 'Speciallæge'.repeat(20) },
    SUMMARY,
  ),
  ...twice('a call about burglary, empty', CALL, { emne: ['indbrud'] }, '#indbrud_hvor-error'),
  ...twice('a call about burglary, summary', CALL, { ...CALL_ANSWERS, emne: ['indbrud'], indbrud_hvor: ['hus'] }, SUMMARY),
  ...twice('a call that is for 114', CALL, CALL_ANSWERS, 'main a.button[href="tel:114"]', {
    change: () =>
      document
        .querySelector('main form')
        .insertAdjacentHTML('beforeend', '<input type="hidden" name="anledning" value="tyveri">'),
  }),
  // A kreds with a message: see service.mjs.
  at('/fyn/bestil-en-betjent/'),
  at('/en/fyn/bestil-en-betjent/formular/'),
  at('/fyn/tur/'),
  at('/fyn/her-var-vi/'),
  at('/en/fyn/her-var-vi/'),
  at('/en/fyn/tur/'),
  // A kreds that has closed a form.
  at('/bornholm/bestil-en-faerdselskontrol/'),
  at('/en/bornholm/bestil-en-faerdselskontrol/formular/'),
  at('/bornholm/tur/'),
  ...twice(
    'a traffic control for a kreds that has closed',
    TRAFFIC,
    { ...TRAFFIC_ANSWERS, postnr: 'Bornholm' },
    '#fejl',
  ),
  ...twice('a call, summary with a message', CALL, { ...CALL_ANSWERS, postnr: 'Odense' }, '#driftsbesked'),
  ...twice('a call, receipt with a message', CALL, { ...CALL_ANSWERS, postnr: 'Odense' }, `${RECEIPT} ~ #driftsbesked`, {
    then: ['send'],
  }),
  {
    name: 'a call, counted',
    open: async (page, { site }) => {
      await page.goto(site + CALL);
      await page.locator('[name="beskrivelse"]').fill('x'.repeat(1100));
      await page.locator('[name="beskrivelse"] + .form-hint').waitFor();
    },
  },
  answered('a call, back from the summary', CALL, CALL_ANSWERS, '#vej', { then: ['ret'] }),
  ...twice('a call from a page that is out of date', CALL, {}, '.alert-warning', {
    change: () => (document.querySelector('[name="udgave"]').value = '0123456789abcdef'),
  }),
  ...twice('a call, receipt', CALL, CALL_ANSWERS, RECEIPT, { then: ['send'] }),
  ...twice('a traffic control, receipt', TRAFFIC, TRAFFIC_ANSWERS, RECEIPT, { then: ['send'] }),
  officer("an officer's page", CALL_OF_SOMEBODY, '#valg'),
  officer("an officer's page, about danger, with an expensive number and an interpreter", {
    ...CALL_OF_SOMEBODY,
    telefon: '90 12 34 56',
    beskrivelse: 'Jeg bliver truet.',
    samtale: ['tolk', 'hoerelse'],
    tolkesprog: 'Tigrinya',
  }, '.alert-warning'),
  officer("an officer's page, nothing chosen", CALL_OF_SOMEBODY, '#fejl', [{}]),
  officer("an officer's page, no kreds chosen", CALL_OF_SOMEBODY, '#fejl', [{ 'valg-videre': true, grund: 'givet-raad' }]),
  officer("an officer's page, not reached, with a note", CALL_OF_SOMEBODY, '.alert-success', [
    { 'valg-ikke-truffet': true, note: 'Speciallægekonsultationsparkeringspladsen' },
  ]),
  officer("an officer's page, a control with a wrong number", CALL_OF_SOMEBODY, '#for_hurtigt[aria-invalid]', [
    { 'valg-afholdt': true, koeretoejer: '212', for_hurtigt: '213' },
  ]),
  officer("an officer's page, a control", CALL_OF_SOMEBODY, '.alert-success', [
    { 'valg-afholdt': true, tid: '7.30', minutter: '60', koeretoejer: '1.250', for_hurtigt: '31', boeder: '12' },
  ]),
  officer("an officer's page, undone", CALL_OF_SOMEBODY, 'main s', [{ 'valg-ringet': true }, { 'valg-fortryd': true }]),
  officer("an officer's page, forwarded", CALL_OF_SOMEBODY, '.lead', [{ 'valg-videre': true, til: 'fyn' }]),
  officer("an officer's page, before a call, nothing chosen", CALL_OF_SOMEBODY, '#fejl', [{}], '#ringer'),
  officer("an officer's page, before a call", CALL_OF_SOMEBODY, '.alert-success', [{ 'valg-ringer-skjult': true }], '#ringer'),
  {
    name: "an officer's page, withdrawn",
    open: async (page, { site }) => {
      const { receipt, officers } = await request(page, site, CALL_OF_SOMEBODY);
      await page.goto(site + receipt);
      await page.locator('#slet').check();
      await page.locator('#traek-tilbage button').click();
      await page.goto(site + officers);
      await page.locator('.lead').waitFor();
    },
  },
  ...citizens('after a missed call', '#sket', { choices: [{ 'valg-ikke-truffet': true }] }),
  ...citizens('forwarded', '#sket', { choices: [{ 'valg-videre': true, til: 'fyn' }] }),
  ...citizens('in progress', '#sket li:nth-child(3)', {
    choices: [{ 'valg-ringet': true }, { 'valg-planlagt': true }, { 'valg-afholdt': true }],
  }),
  ...citizens('closed', '#sket', { choices: [{ 'valg-afslut': true, grund: 'ikke-muligt' }] }),
  ...citizens('while an officer is calling', '#ringer-nu', { call: 'valg-ringer-skjult' }),
  ...citizens('while an officer is calling from a number', '#ringer-nu', { call: 'valg-ringer-vist' }),
  ...citizens('with other hours', '#aendret', { does: sends('#aendr-tid', { ringetid: ['formiddag'] }) }),
  ...citizens('with another number', '#aendret', { does: sends('#aendr-nummer', { telefon: '42 00 99 01' }) }),
  ...citizens('with a wrong number', '#telefon-error', { does: sends('#aendr-nummer', { telefon: '12 34' }) }),
  ...citizens('without hours', '#fejl', { does: sends('#aendr-tid') }),
  ...citizens('out of date', '#fejl', {
    does: async (page) => {
      await page.evaluate(() => (document.querySelector('#aendr-nummer [name="nonce"]').value = 'x'));
      await sends('#aendr-nummer', { telefon: '42 00 99 02' })(page);
    },
  }),
  ...citizens('withdrawn without the box', '#slet[aria-invalid]', { does: sends('#traek-tilbage') }),
  ...citizens('withdrawn', '#sket', { does: sends('#traek-tilbage', { slet: ['ja'] }) }),
  {
    name: "a citizen's change from another origin",
    open: async (page, { site }) => {
      await page.goto('about:blank');
      await page.setContent(`<form method="post" action="${site}${RECEIPT_PATH}"><button>Send</button></form>`);
      await page.locator('button').click();
      await page.locator(REFUSED).waitFor();
    },
  },
  officer("an officer's page, closed", CALL_OF_SOMEBODY, '.alert-success', [{ 'valg-afslut': true, grund: 'givet-raad' }]),
  ...asked('', '#svar'),
  ...asked(', not answered', '#fejl', ['']),
  ...asked(', answered with no', '.alert-success', ['nej']),
  ...asked(', answered with yes', '.alert-success', ['ja']),
  at('/sag/kort', 404),
  at(`/sag/${'0'.repeat(32)}k${'0'.repeat(32)}`, 503, 'forgetful'),
  {
    name: "an officer's choice from another origin",
    open: async (page, { site }) => {
      await page.goto('about:blank');
      await page.setContent(`<form method="post" action="${site}/sag/kort"><button>Send</button></form>`);
      await page.locator('button').click();
      await page.locator('main .lead').waitFor();
    },
  },
  {
    name: "an officer's choice, too large",
    open: async (page, { site }) => {
      await page.goto(`${site}/sag/kort`);
      await page.evaluate(() => {
        const note = Object.assign(document.createElement('textarea'), { name: 'note', value: 'x'.repeat(300 * 1024) });
        const form = Object.assign(document.createElement('form'), { method: 'post' });
        form.append(note);
        document.body.append(form);
        form.submit();
      });
      await page.locator('main .lead', { hasText: 'fylder for meget' }).waitFor();
    },
  },
  // Refusals.
  ...twice('a call, too large', CALL, { ...CALL_ANSWERS, beskrivelse: 'x'.repeat(300 * 1024) }, REFUSED),
  ...['da', 'en'].map((language) => ({
    name: `a call from another origin, ${language}`,
    open: async (page, { site }) => {
      await page.goto('about:blank');
      const action = `${site}/indsend/bestil-en-betjent?kreds=fyn&amp;sprog=${language}`;
      await page.setContent(`<form method="post" action="${action}"><button>Send</button></form>`);
      await page.locator('button').click();
      await page.locator(REFUSED).waitFor();
    },
  })),
  ...twice('a call of another media type', CALL, CALL_ANSWERS, REFUSED, {
    change: () => (document.querySelector('main form').enctype = 'text/plain'),
  }),
  // Without the table: nothing can be received, and what was typed is kept.
  ...twice('a call, not received', CALL, { ...CALL_ANSWERS, postnr: 'Odense' }, '.alert-error + .step-subheading', {
    then: ['send'],
    on: 'forgetful',
  }),
  at(RECEIPT_PATH, 503, 'forgetful'),
  at('/find-kreds?sted=8000', 503, 'empty'),
  at('/tur/', 200, 'empty'),
];
