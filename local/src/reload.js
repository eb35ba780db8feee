// Reloads the page when the content has been built again. Only on a developer's machine.
const seen = new URL(document.currentScript.src).search.slice(1);
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
(async () => {
  for (;;) {
    try {
      const answer = await fetch(`/_lokal/naeste?${seen}`);
      if (answer.status === 200) return location.reload();
    } catch {
      await pause(500);
    }
  }
})();
