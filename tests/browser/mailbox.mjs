// The mails to the kredse, as the program shows them.

// Opens the mail whose subject has `reference`, as soon as the schedule has sent it.
export async function openMail(page, site, reference) {
  const link = page.getByRole('link', { name: reference });
  for (const end = Date.now() + 30_000; Date.now() < end; await page.waitForTimeout(200)) {
    await page.goto(`${site}/_post/`);
    if (await link.count()) return await link.click();
  }
  throw new Error(`no mail about ${reference} came:\n${await page.locator('main').innerText()}`);
}
