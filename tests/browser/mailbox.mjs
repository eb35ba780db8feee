// Mails to the kredse, as the program shows them.

// Opens the mail whose subject has `reference`, once the schedule has sent it.
export async function openMail(page, site, reference) {
  const link = page.getByRole('link', { name: reference });
  for (const end = Date.now() + 30_000; Date.now() < end; await page.waitForTimeout(200)) {
    await page.goto(`${site}/_post/`);
    if (await link.count()) return await link.click();
  }
  throw new Error(`no mail about ${reference} came:\n${await page.locator('main').innerText()}`);
}

// Returns the path of the link in the officer's mail about `reference`, once the schedule has sent it. `page` stays
// where it is.
export async function officersPath(page, site, reference) {
  const read = async (path) => (await page.request.get(site + path)).text();
  for (const end = Date.now() + 30_000; Date.now() < end; await page.waitForTimeout(200)) {
    const mail = (await read('/_post/')).match(new RegExp(`/_post/${reference}\\.kreds/`));
    const link = mail && (await read(mail[0])).match(/(?:\/|&#x2F;)sag(?:\/|&#x2F;)(\w+)/);
    if (link) return `/sag/${link[1]}`;
  }
  throw new Error(`no mail about ${reference} came`);
}
