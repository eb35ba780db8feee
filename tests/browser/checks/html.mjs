// Problems that html-validate finds: it runs in this process without Java, so every change has every page checked.
// What it does not know, such as attributes that do not exist, is left to axe or the Nu checker (nu.mjs).
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const RULES = ['empty-heading', 'missing-doctype', 'no-missing-references', 'no-redundant-role', 'no-self-closing'];
const checker = new HtmlValidate(
  new StaticConfigLoader({
    root: true,
    extends: ['html-validate:standard'],
    rules: {
      ...Object.fromEntries(RULES.map((rule) => [rule, 'error'])),
      // The list of a form's errors comes before its title.
      'heading-level': ['error', { minInitialRank: 'h2' }],
    },
  }),
);

// Returns the problems of a document.
export async function htmlFaults(html) {
  const { results } = await checker.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${line}:${column}: ${ruleId}: ${message}`),
  );
}
