// Searches the list of all pages while the reader types. Without JavaScript, the list and the place lookup remain.
//
// The index maps the stems of all words to positions in the list. A typed word matches the stem that is left without
// its endings, stems that begin with it, and stems that end with it, as compounds do.
'use strict';
const form = document.getElementById('soeg');
const places = document.getElementById('steder');
const list = document.getElementById('alle');
const found = document.getElementById('fundet');
const told = form.querySelector('[role="status"]');
const items = [...list.querySelectorAll('[data-soeg]')];
const input = form.elements.q;
let index;
let later;

form.hidden = false;
places.hidden = true;
// The query is kept after `#`, so that the results are there when the reader comes back; it is never sent to a server.
input.value = /^#q=/.test(location.hash) ? decodeURIComponent(location.hash.slice(3)) : '';
if (input.value) search();
// Prefetches the index, so that a phone on a slow connection has it when the first letter is typed.
input.addEventListener('focus', () => load().catch(() => {}));
input.addEventListener('input', () => {
  clearTimeout(later);
  later = setTimeout(search, 200);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(later);
  search();
});

// Fetches the index once, and again after a failure.
function load() {
  index ??= fetch(form.dataset.index).then((answer) => {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  });
  index.catch(() => (index = undefined));
  return index;
}

async function search() {
  const typed = input.value;
  history.replaceState(null, '', typed.trim() ? `#q=${encodeURIComponent(typed)}` : location.pathname);
  let all;
  try {
    all = await load();
  } catch {
    return show([], form.dataset.down);
  }
  // The reader has typed more: a later search shows its results.
  if (typed !== input.value) return;
  const wanted = words(typed, all);
  if (wanted.length === 0) return show([], '');
  const best = ranked(wanted.map((word) => matches(word, all)));
  const { none, one, many } = form.dataset;
  show(best, best.length === 0 ? none : best.length === 1 ? one : many.replace('{antal}', best.length));
}

function show(places, said) {
  found.replaceChildren(...places.map((place) => items[place].cloneNode(true)));
  found.hidden = places.length === 0;
  list.hidden = places.length > 0;
  told.textContent = said;
}

// Splits a text into words as the index spells them: lower case, without the letters that many keyboards lack.
function words(text, { folds }) {
  const folded = folds.reduce((text, [from, to]) => text.replaceAll(from, to), text.toLowerCase());
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 1);
}

// Positions in the list that match a word, with their weights.
function matches(word, { endings, stems }) {
  const weights = new Map();
  const bare = bases(word, endings);
  const parts = [...bare].filter((part) => part.length > 3);
  for (const [stem, places] of Object.entries(stems)) {
    const fits = bare.has(stem) ? 4 : stem.startsWith(word) ? 2 : parts.some((part) => stem.endsWith(part)) ? 1 : 0;
    for (let i = 0; fits && i < places.length; i += 2) {
      weights.set(places[i], Math.max(weights.get(places[i]) ?? 0, fits * places[i + 1]));
    }
  }
  return weights;
}

// The word, and its forms without endings: `indbruddene`, `indbrudd`, `indbrud`.
function bases(word, endings) {
  const all = new Set([word]);
  for (const base of all) {
    for (const ending of endings) {
      const rest = base.slice(0, base.length - ending.length);
      if (rest.length < 3 || !base.endsWith(ending)) continue;
      all.add(rest);
      if (rest.length > 3 && rest.at(-1) === rest.at(-2)) all.add(rest.slice(0, -1));
    }
  }
  return all;
}

// Positions that match the words, the greatest weight first, without those that match only little of the query.
function ranked(found) {
  const sums = new Map();
  for (const weights of found) {
    for (const [place, weight] of weights) sums.set(place, (sums.get(place) ?? 0) + weight);
  }
  const least = Math.max(...sums.values()) / 4;
  const kept = [...sums].filter(([, sum]) => sum >= least);
  return kept.sort(([a, x], [b, y]) => y - x || a - b).map(([place]) => place);
}
