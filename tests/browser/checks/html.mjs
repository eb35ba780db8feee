// What html-validate finds in a page: it needs no Java and checks in this process, so every page is checked on every change.
// What it does not know, such as attributes that do not exist, axe or the Nu checker (nu.mjs) finds.
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const RULES = ['empty-heading', 'missing-doctype', 'no-missing-references', 'no-redundant-role', 'no-self-closing'];
const checker = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:standard'],
    rules: {
      ...Object.fromEntries(RULES.map((rule) => [rule, 'error'])),
      // The list of a form's errors stands before its title.
      'heading-level': ['error', { minInitialRank: 'h2' }],
    },
  }),
);

// The faults of a document.
export async function htmlFaults(html) {
  const { results } = await checker.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${line}:${column}: ${ruleId}: ${message}`),
  );
}
