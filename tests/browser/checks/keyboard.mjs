// Tab reaches every control and leaves it again, and the focus is always visible.

// Returns the problems of a page. `seen` remembers the kinds of stops that were checked on the pages that share it:
// each check takes two screenshots.
export async function keyboardFaults(page, seen = new Set()) {
  // Until then, an address with # may still move the focus.
  await page.waitForLoadState();
  const count = await page.evaluate(gather);
  const faults = [];
  const visited = new Map();
  let again;
  // The focus may start in the middle of the page: after the end, it continues at the beginning.
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
  // A full round ends where it began.
  const [first] = visited.keys();
  if (again !== undefined && (again !== first || missed.length)) faults.push(`Tab does not leave ${visited.get(again)}`);
  return [...faults, ...missed.map((html) => `Tab does not come to ${html}`)];
}

// Waits for the end of all animations.
export const settled = (page) =>
  page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));

// Collects the controls of this page, and returns their number. Radio buttons with one name are one stop. Tab may skip
// what is out of sight, and a link that duplicates a reachable one.
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

// Returns the focused stop: its index in the list, which grows by unexpected stops, and its kind, which looks the same.
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

// Returns true if a screenshot of the focused element differs from one without the focus.
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
