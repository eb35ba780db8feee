// Puts the page as it is after each build in place of the old one, where the reader was. Only on a developer's machine.
let [build, tag] = new URL(document.currentScript.src).search.slice(1).split('-');
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Styles of the site and scripts on the page: where they are others, or would have to run, the page is loaded anew.
const own = ':not([href^="/_lokal/"]):not([src^="/_lokal/"])';
const styles = (page) => [...page.querySelectorAll(`link[rel=stylesheet]${own}`)].map((link) => link.getAttribute('href')).join();
const runs = (page) => page.querySelector(`script${own}`) !== null;

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
  const next = answer.headers.get('etag')?.replaceAll('"', '');
  if (next === tag) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (runs(page) || runs(document) || styles(page) !== styles(document)) return location.reload();
  await styled(page);
  tag = next;
  document.title = page.title;
  document.body.replaceWith(page.body);
}

(async () => {
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
