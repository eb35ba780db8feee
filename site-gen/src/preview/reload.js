// Puts the page as it is after each build in place of the old one, where the reader was. Only on a developer's machine.
// All in a function: the site's own scripts have names, too.
(async () => {
  let [build, under, over] = new URL(document.currentScript.src).search.slice(1).split('-');
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  // Styles and scripts of the site: where they are others, or must not run twice, the page is loaded anew. That of forms may:
  // it looks at nothing but the fields that are there.
  const own = ':not([href^="/_lokal/"]):not([src^="/_lokal/"])';
  const styles = (page) => [...page.querySelectorAll(`link[rel=stylesheet]${own}`)].map((link) => link.getAttribute('href')).join();
  const scripts = (page) => [...page.querySelectorAll(`script${own}`)].map((script) => script.getAttribute('src')).join();
  const fits = (page) =>
    styles(page) === styles(document) && scripts(page) === scripts(document) && /^(\/assets\/form-[^,]*)?$/.test(scripts(page));

  // Puts a page in place of this one, with what somebody has typed.
  function replace(page) {
    for (const field of document.querySelectorAll('input:not([type=hidden]), textarea, select')) {
      const isChoice = ['checkbox', 'radio'].includes(field.type);
      const named = [...page.getElementsByName(field.name)].filter((other) => other.type === field.type);
      const other = named.find((one) => !isChoice || one.value === field.value);
      if (!other) continue;
      if (isChoice) other.checked = field.checked;
      else if (field.type !== 'select-one' || other.querySelector(`[value="${CSS.escape(field.value)}"]`)) other.value = field.value;
    }
    document.title = page.title;
    document.body.replaceWith(page.body);
    for (const script of document.querySelectorAll(`script${own}`)) {
      const again = document.createElement('script');
      again.setAttribute('src', script.getAttribute('src'));
      script.replaceWith(again);
    }
  }

  // What stands over a page.
  const covers = '.lokal-fejl, .lokal-maerke';

  // Loads the style of what stands over a page before there is something to style.
  async function styled(page) {
    if (!page.querySelector('[href="/_lokal/lokal.css"]') || document.head.querySelector('[href="/_lokal/lokal.css"]')) return;
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/_lokal/lokal.css' });
    const loaded = new Promise((done) => (link.onload = link.onerror = done));
    document.head.append(link);
    await loaded;
  }

  async function show() {
    const answer = await fetch(location.href);
    const [nextUnder, nextOver] = answer.headers.get('etag')?.replaceAll('"', '').split('-') ?? [];
    if (nextUnder === under && nextOver === over) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (nextUnder === under) {
      // Whatever somebody has typed below stays.
      await styled(page);
      over = nextOver;
      document.querySelectorAll(covers).forEach((cover) => cover.remove());
      document.body.prepend(...page.querySelectorAll(covers));
      return;
    }
    if (!fits(page)) return location.reload();
    await styled(page);
    [under, over] = [nextUnder, nextOver];
    replace(page);
  }

  for (;;) {
    try {
      const answer = await fetch(`/_lokal/naeste?${build}`);
      if (answer.status !== 200) continue;
      build = await answer.text();
      await show();
    } catch {
      await pause(500);
    }
  }
})();
