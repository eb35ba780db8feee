// Problems that axe finds: WCAG 2.2 A and AA, and best practice. What axe leaves to a human does not count.
import { readFile } from 'node:fs/promises';

const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const ALL_RULES = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
// The only rules of axe whose result depends on colours.
const RULES_OF_COLOUR = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

// Returns the problems of the page as it is shown now.
export const axeFaults = (page) => violations(page, ALL_RULES);

// Returns only the problems of its colours.
export const colourFaults = (page) => violations(page, RULES_OF_COLOUR);

async function violations(page, runOnly) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const options = { runOnly, resultTypes: ['violations'] };
  const { violations } = await page.evaluate((options) => window.axe.run(options), options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}\n${failureSummary}`),
  );
}
