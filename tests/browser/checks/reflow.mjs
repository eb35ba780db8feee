// No page scrolls sideways or cuts off text: at 320 px, zoomed to 400 %, and with the text spacing that a reader may
// set (WCAG 1.4.10, 1.4.12).
import { NARROW, ZOOMED } from '../browser.mjs';

// Returns the problems of a page in each of the three ways. Leaves it narrow.
export async function reflowFaults(page) {
  const seen = async (how) => (await page.evaluate(tooWide)).map((fault) => `${how}: ${fault}`);
  await page.setViewportSize(NARROW);
  // Folded content must fit, too.
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
  const faults = await seen('at 320 px');
  await page.setViewportSize(ZOOMED);
  faults.push(...(await seen('zoomed to 400 %')));
  await page.evaluate(spaceOut);
  faults.push(...(await seen('with text spacing')));
  return faults;
}

// Finds elements that stick out or cut off text.
function tooWide() {
  const width = document.documentElement.clientWidth;
  const shown = [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  });
  const name = (element) => `${element.localName}#${element.id}.${element.className?.baseVal ?? element.className}`;
  const faults = [];
  for (const element of [document.documentElement, document.body]) {
    if (getComputedStyle(element).overflowX !== 'visible') faults.push(`${name(element)} hides what sticks out`);
  }
  if (document.documentElement.scrollWidth > width) {
    faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    for (const element of shown) {
      const { right } = element.getBoundingClientRect();
      if (right > width + 0.5) faults.push(`${name(element)} reaches ${Math.round(right)} px`);
    }
  }
  for (const element of shown) {
    const style = getComputedStyle(element);
    const cuts = ['hidden', 'clip'].includes(style.overflowX) || ['hidden', 'clip'].includes(style.overflowY);
    const more = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    if (cuts && more && element.innerText) faults.push(`${name(element)} cuts off text`);
  }
  return faults;
}

// The page's policy does not apply to a constructed stylesheet.
function spaceOut() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}
