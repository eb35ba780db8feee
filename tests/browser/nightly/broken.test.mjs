// Each check that the other tests use can fail: it reports the page that is broken in its way, and the same page
// without that error passes all checks.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { PHONE, startBrowser } from '../browser.mjs';
import { axeFaults } from '../checks/axe.mjs';
import { htmlFaults } from '../checks/html.mjs';
import { keyboardFaults } from '../checks/keyboard.mjs';
import { nuFaults } from '../checks/nu.mjs';
import { reflowFaults } from '../checks/reflow.mjs';
import { leftBehind, watch } from '../checks/watch.mjs';
import { weigh, weightFaults } from '../checks/weight.mjs';
import { serve } from '../serve.mjs';
import { headersOf, startService } from '../service.mjs';

const folder = join(import.meta.dirname, '../broken');
const script = (name) => ({ replace: '</head>', by: `<script src="/${name}.js" defer></script>\n</head>` });
const inBox = (by) => ({ replace: 'class="box"', by });
const picture = (source) => ({ replace: '<img src="/icon.svg"', by: `<img src="${source}"` });

// By name: what replaces what on the good page, the check that must report it, and what it must say. `headers` replace
// those of the site.
const broken = {
  'an image without alt text': { replace: ' alt="A square"', by: '', check: 'axe', says: /^image-alt: / },
  'pale text': { ...inBox('class="pale"'), check: 'axe', says: /^color-contrast: / },
  'no heading': { replace: /<(\/?)h1>/g, by: '<$1p>', check: 'axe', says: /^page-has-heading-one: / },
  'an element in a forbidden place': {
    replace: 'Words that',
    by: '<table><p>Words</p></table> that',
    check: 'html',
    says: /element-permitted-content: /,
  },
  'a label for nothing': { replace: 'for="second"', by: 'for="third"', check: 'html', says: /no-missing-references: / },
  'a duplicate id': { replace: 'id="second"', by: 'id="first"', check: 'html', says: /no-dup-id: / },
  'a stray end tag': { replace: '</main>', by: '</section></main>', check: 'html', says: /close-order: / },
  'an invalid value': { replace: 'type="submit"', by: 'type="sumbit"', check: 'html', says: /allowed-values: / },
  'no language': { replace: ' lang="en"', by: '', check: 'html', says: /element-required-attributes: .*lang/ },
  'a skipped level': { replace: '<p class', by: '<h4>Deep</h4>\n<p class', check: 'html', says: /heading-level: / },
  'an unknown attribute': { ...inBox('clas="box"'), check: 'nu', says: /error: .*clas/ },
  'a mere warning': { replace: ' lang="en"', by: '', check: 'nu', says: /warning: .*lang/ },
  'wider than the screen': { ...inBox('class="wide"'), check: 'reflow', says: /^at 320 px: p#\.wide reaches/ },
  'wider when zoomed': { ...inBox('class="zoomed"'), check: 'reflow', says: /^zoomed to 400 %: p#\.zoomed reaches/ },
  'no room for spacing': { ...inBox('class="tight"'), check: 'reflow', says: /^with text spacing: p#\.tight cuts off/ },
  'an invisible focus': {
    replace: '<button',
    by: '<button class="unseen"',
    check: 'keyboard',
    says: /^nothing shows the keyboard on <button/,
  },
  'a keyboard trap': { ...script('trap'), check: 'keyboard', says: /^Tab does not leave <input id="first"/ },
  'a button that Tab skips': {
    replace: '<button',
    by: '<button tabindex="-1"',
    check: 'keyboard',
    says: /^Tab does not come to <button/,
  },
  'an inline style': { ...inBox('style="color: red"'), check: 'watch', says: /breaks its policy: style-src/ },
  'an inline script': {
    replace: '</head>',
    by: '<script>1;</script></head>',
    check: 'watch',
    says: /breaks its policy: script-src/,
  },
  'a foreign image that the policy blocks': {
    ...picture('http://localhost:9/icon.svg'),
    check: 'watch',
    says: /breaks its policy: img-src/,
  },
  'a foreign image without a policy': {
    ...picture('http://localhost:9/icon.svg'),
    headers: { 'content-security-policy': '' },
    check: 'watch',
    says: /^asked another origin: http:\/\/localhost:9/,
  },
  'a missing file': { ...picture('/missing.svg'), check: 'watch', says: /logs: Failed to load .* 404/ },
  'an error in the log': { ...script('says'), check: 'watch', says: /logs: all is not well/ },
  'an uncaught error': { ...script('throws'), check: 'watch', says: /^uncaught: .*nobody catches this/ },
  'a cookie in a header': { headers: { 'set-cookie': 'left=1; HttpOnly' }, check: 'watch', says: /sets a cookie$/ },
  'a cookie set by a script': { ...script('cookie'), check: 'left', says: /^leaves a cookie: left/ },
  'local storage': { ...script('local'), check: 'left', says: /^leaves a local storage: left/ },
  'session storage': { ...script('session'), check: 'left', says: /^leaves a session storage: left/ },
  'a database': { ...script('database'), check: 'left', says: /^leaves a database: left/ },
  'a cache': { ...script('cache'), check: 'left', says: /^leaves a cache: left/ },
  'a worker': { ...script('worker'), check: 'left', says: /^leaves a worker: / },
  'a heavy picture': { ...picture('/heavy.svg'), check: 'weight', says: /^without fonts it weighs 1\d{4} bytes/ },
  'a heavy script': { ...script('heavy'), check: 'weight', says: /^its scripts weigh 4\d{3} bytes/ },
  'a heavy font': { ...inBox('class="heavy"'), check: 'weight', says: /^the page weighs 4\d{4} bytes/ },
};

// Files that do not compress.
const heavy = {
  '/heavy.svg': randomBytes(12 * 1024),
  '/heavy.woff2': randomBytes(45 * 1024),
  '/heavy.js': Buffer.from(`// ${randomBytes(4500).toString('base64')}`),
};

async function startPages(t) {
  const headers = await headersOf(await startService(t));
  assert.match(headers['content-security-policy'], /default-src 'self'/);
  const good = await readFile(join(folder, 'good.html'), 'utf8');
  const pages = { '/good': { name: 'good.html', bytes: good } };
  Object.entries(broken).forEach(([name, { replace = '', by = '', headers }], index) => {
    const bytes = good.replace(replace, by);
    assert.ok(bytes !== good || headers, `${name} is the good page`);
    pages[`/${index}`] = { name: 'broken.html', bytes, headers };
  });
  const find = async (path) => {
    if (pages[path]) return pages[path];
    const bytes = heavy[path] ?? (await readFile(join(folder, path.slice(1))).catch(() => null));
    return bytes && { name: path, bytes };
  };
  return { site: await serve(t, headers, find), documents: pages };
}

test('each check reports the page that is broken in its way, and the good page passes all checks', async (t) => {
  const { site, documents } = await startPages(t);
  const browser = await startBrowser(t);
  const checks = {
    axe: axeFaults,
    html: (_, path) => htmlFaults(documents[path].bytes),
    nu: (_, path) => nuFaults([['page', documents[path].bytes]]),
    reflow: reflowFaults,
    keyboard: (page) => keyboardFaults(page),
    watch: async (page, _, seen) => {
      // Logs and storage may come a moment after the page.
      await page.waitForTimeout(200);
      return seen;
    },
    left: async (page) => {
      await page.waitForTimeout(200);
      return await leftBehind(page);
    },
    weight: async (page, path) => weightFaults(await weigh(page, () => page.goto(site + path))),
  };
  const look = async (path, check) => {
    const context = await browser.newContext({ viewport: PHONE });
    const seen = await watch(context, site);
    const page = await context.newPage();
    await page.goto(site + path);
    const faults = await checks[check](page, path, seen);
    await context.close();
    return faults;
  };

  for (const check of Object.keys(checks)) {
    await t.test(`the good page: ${check}`, async () => assert.deepEqual(await look('/good', check), []));
  }
  for (const [index, [name, { check, says }]] of Object.entries(broken).entries()) {
    await t.test(`${name}: ${check}`, async () => {
      const faults = await look(`/${index}`, check);
      assert.ok(faults.some((fault) => says.test(fault)), `${check} says only ${JSON.stringify(faults)}`);
    });
  }
  const unproven = Object.keys(checks).filter((check) => !Object.values(broken).some((page) => page.check === check));
  assert.deepEqual(unproven, []);
});
