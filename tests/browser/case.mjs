// Acts of an officer and a citizen on one request: through the link in the officer's mail, and on the receipt's page.
import { CALL, fill, press, submit, takeTime } from './citizen.mjs';
import { officersPath } from './mailbox.mjs';

// Each request is unique, from another citizen, and takes its time, so that none is held.
let requests = 0;

// Sends a unique request. Returns the paths of its two pages, and its reference.
export async function request(page, site, answers, form = CALL) {
  requests += 1;
  const number = String(requests).padStart(2, '0');
  await page.goto(site + form);
  await fill(page, { telefon: `42 00 10 ${number}`, email: `nr${number}@eksempel.example`, ...answers, vej: `Parken ved nr. ${number}` });
  await takeTime(page);
  await submit(page);
  await page.locator('main .form-actions button[value]').first().waitFor();
  if (!(await page.locator('button[value="send"]').count())) await press(page, 'gennemse');
  await press(page, 'send');
  const reference = await page.locator('.reference-number').first().innerText();
  const receipt = new URL(page.url()).pathname;
  return { reference, receipt, officers: await officersPath(page, site, reference) };
}

// Makes a choice on the open officer's page, and presses the form's button.
export async function choose(page, choice, form = '#valg') {
  for (const [id, value] of Object.entries(choice)) {
    const control = page.locator(`#${id}`);
    if (id.startsWith('valg-')) await control.check();
    else if (['til', 'grund'].includes(id)) await control.selectOption(value);
    else await control.fill(value);
  }
  await page.locator(`${form} button`).click();
}

// Lets the time pass in which an officer can undo something, and runs the schedule.
export async function wait(page, site) {
  await page.request.post(`${site}/_post/wait`);
}

// Returns the text of the mail with this name, once the schedule has sent it.
export async function mail(page, site, name) {
  for (const end = Date.now() + 30_000; Date.now() < end; await page.waitForTimeout(200)) {
    const list = await (await page.request.get(`${site}/_post/`)).text();
    const path = list.match(new RegExp(`/_post/${name}/`));
    if (path) return await (await page.request.get(site + path[0])).text();
  }
  throw new Error(`no mail ${name} came`);
}
