// Acts of a citizen on the pages. Finds fields by name and value, which stay when an editor changes the words.

// The question before each form, and the forms.
export const TRAFFIC_START = '/oestjylland/bestil-en-faerdselskontrol/';
export const CALL_START = '/oestjylland/bestil-en-betjent/';
export const TRAFFIC = `${TRAFFIC_START}formular/`;
export const CALL = `${CALL_START}formular/`;

// Answers in the order of the form: a text for what is typed or chosen from a list, a list for what is ticked.
export const TRAFFIC_ANSWERS = {
  problem: ['fart'],
  vej: 'Viborgvej',
  retning: ['begge'],
  postnr: '8370 Hadsten',
  hvornaar: ['mandag.morgen', 'fredag.sen-eftermiddag'],
  beskrivelse: 'De kører stærkt forbi skolen.\nDet er værst kl. 7.30.',
  navn: 'Jørgen Ærbødig Sørensen',
  telefon: '20 12 34 56',
  ringetid: ['formiddag'],
};
export const CALL_ANSWERS = {
  emne: ['utryghed'],
  vej: 'Parken bag stationen',
  postnr: 'Aarhus',
  beskrivelse: 'Vi er utrygge ved at gå gennem parken om aftenen.',
  navn: 'Åse Holm',
  telefon: '+45 31 22 33 44',
  ringetid: ['aften'],
};

export async function fill(page, answers) {
  for (const [name, answer] of Object.entries(answers)) {
    const field = page.locator(`main [name="${name}"]`);
    if (Array.isArray(answer)) {
      for (const value of answer) await page.locator(`main [name="${name}"][value="${value}"]`).check();
    } else {
      await field.fill(answer);
    }
  }
}

// Finds the kreds of a place from the front page.
export async function find(page, place) {
  await page.locator('main [name="sted"]').fill(place);
  await page.locator('main form[action="/find-kreds"] [type="submit"]').click();
}

// Waits as long as a human takes: a form that is sent faster is held until a human has looked at it.
export const takeTime = (page) => page.waitForTimeout(3000);

// Submits a form, to the summary or back to the form with its errors.
export const submit = (page) => page.locator('main form .form-actions [type="submit"]').click();

// Presses the button of the summary that sends `value`: `send` leads to the receipt, `ret` back to the form.
export const press = (page, value) => page.locator(`main .form-actions button[value="${value}"]`).click();
