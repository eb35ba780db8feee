// Tab comes to everything that can be used, leaves everything again, and the reader always sees where it is.

// The faults of a page. `seen` remembers, for as many pages as share it, the kinds of stops whose look is known:
// looking at one costs two pictures.
export async function keyboardFaults(page, seen = new Set()) {
  // Until then an address with # may still move the keyboard.
  await page.waitForLoadState();
  const count = await page.evaluate(gather);
  const faults = [];
  const visited = new Map();
  let again;
  // Opening may have left the keyboard in the middle of the page: from the end it goes on at the beginning.
  for (let presses = 0; again === undefined && presses < 2 * count + 20; presses += 1) {
    await page.keyboard.press('Tab');
    const { index, name, kind } = await page.evaluate(stop);
    if (index === null) continue;
    if (visited.has(index)) again = index;
    visited.set(index, name);
    if (!seen.has(kind)) {
      seen.add(kind);
      if (!(await looksOtherwise(page))) faults.push(`nothing shows the keyboard on ${name}`);
    }
  }
  const all = await page.evaluate(() => window.stops.map(({ outerHTML }) => outerHTML.slice(0, 120)));
  const missed = all.filter((_, index) => !visited.has(index));
  // Whoever has been everywhere comes again to where it began.
  const [first] = visited.keys();
  if (again !== undefined && (again !== first || missed.length)) faults.push(`Tab does not leave ${visited.get(again)}`);
  return [...faults, ...missed.map((html) => `Tab does not come to ${html}`)];
}

// Waits until whatever slides in or fades is where it goes.
export const settled = (page) =>
  page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));

// Collects what a reader can use on this page, and gives how many. Of radio buttons with one name, one is a stop. Out of
// the keyboard's way may be what is out of sight, too, and a link that is another way to where a reachable link leads.
function gather() {
  const isAside = (element) => {
    if (element.tabIndex !== -1) return false;
    const [href, hidden] = [element.getAttribute('href'), element.closest('[aria-hidden="true"]')];
    const isDouble = href && hidden && document.querySelector(`a[href="${CSS.escape(href)}"]:not([tabindex="-1"])`);
    return Boolean(isDouble) || element.closest('.off-screen') !== null;
  };
  const usable = 'a[href], button, input, select, textarea, summary, [role="button"], [role="link"], [tabindex="0"]';
  const groups = new Set();
  window.stops = [...document.querySelectorAll(usable)].filter((element) => {
    const box = element.getBoundingClientRect();
    const shown = element.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
    if (!shown || element.disabled || isAside(element)) return false;
    if (element.type !== 'radio') return true;
    const isFirst = !groups.has(element.name);
    groups.add(element.name);
    return isFirst;
  });
  return window.stops.length;
}

// Where the keyboard is: the place in the list, which grows by stops that were not expected, and what looks alike.
function stop() {
  const here = document.activeElement;
  if (here === document.body || here === document.documentElement) return { index: null };
  const group = here.type === 'radio' && window.stops.find(({ type, name }) => type === 'radio' && name === here.name);
  const found = group || here;
  if (!window.stops.includes(found)) window.stops.push(found);
  const chain = [here, here.parentElement, here.closest('header, nav, main, footer')];
  return {
    index: window.stops.indexOf(found),
    name: here.outerHTML.slice(0, 120),
    kind: chain.map((element) => `${element?.localName}.${element?.className}`).join(' < ') + here.type,
  };
}

// Whether a picture of what the keyboard is on differs from one of the same place without it.
async function looksOtherwise(page) {
  await settled(page);
  const clip = await page.evaluate(() => {
    const element = document.activeElement;
    const drawn = element.matches('[type=radio], [type=checkbox]') ? element.parentElement : element;
    const { left, top, right, bottom } = drawn.getBoundingClientRect();
    const [x, y] = [Math.max(0, left - 8), Math.max(0, top - 8)];
    return { x, y, width: Math.min(right + 8, innerWidth) - x, height: Math.min(bottom + 8, innerHeight) - y };
  });
  if (clip.width <= 0 || clip.height <= 0) return false;
  const on = await page.screenshot({ clip });
  await page.evaluate(() => (window.left = document.activeElement).blur());
  await settled(page);
  const off = await page.screenshot({ clip });
  await page.evaluate(() => window.left.focus({ focusVisible: true, preventScroll: true }));
  return !on.equals(off);
}
