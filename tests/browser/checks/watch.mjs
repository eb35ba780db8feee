// Watches a browser context for what our pages never do: request another origin, break their own policy, log an error,
// or leave something in the browser.

// Starts watching, and returns a list that gets everything seen. `origins` are our own.
export async function watch(context, ...origins) {
  const seen = [];
  context.on('request', (request) => {
    if (!origins.includes(new URL(request.url()).origin)) seen.push(`asked another origin: ${request.url()}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // Opening the next page aborts requests under way.
    if (reason !== 'net::ERR_ABORTED') seen.push(`${request.url()} failed: ${reason}`);
  });
  context.on('response', async (response) => {
    if (await response.headerValue('set-cookie').catch(() => null)) seen.push(`${response.url()} sets a cookie`);
  });
  context.on('console', (message) => {
    const { url } = message.location();
    // Chromium reports every answer of 400 and above as an error, the page itself included.
    const isThePage = message.text().startsWith('Failed to load resource: the server responded with a status of');
    if (message.type() === 'error' && !(isThePage && url === message.page()?.url())) {
      seen.push(`${message.page()?.url()} logs: ${message.text()} (${url})`);
    }
  });
  context.on('weberror', (error) => seen.push(`uncaught: ${error.error()}`));
  await context.exposeBinding('policyBroken', ({ page }, what) => seen.push(`${page.url()} breaks its policy: ${what}`));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      window.policyBroken(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return seen;
}

// Returns what the page has left in the browser: cookies, storage, databases, caches, workers.
export async function leftBehind(page) {
  const stored = await page.evaluate(async () => ({
    'local storage': Object.keys(localStorage),
    'session storage': Object.keys(sessionStorage),
    database: (await indexedDB.databases()).map((database) => database.name),
    cache: await caches.keys(),
    worker: (await navigator.serviceWorker.getRegistrations()).map((worker) => worker.scope),
  }));
  const cookie = (await page.context().cookies()).map(({ name }) => name);
  return Object.entries({ cookie, ...stored }).flatMap(([kind, names]) => names.map((name) => `leaves a ${kind}: ${name}`));
}
