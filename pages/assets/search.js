// Searches the list of all pages while the reader types. Without it the list is there to read, and a form finds places.
//
// The index holds the stems of all words with the places on the list where they stand. A word that is typed matches a stem
// that it becomes without endings, one that begins with it, and one that ends with it, as a compound does.
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
// In the address after `#`, so that the way back leads to what was found; no server is told of it.
input.value = /^#q=/.test(location.hash) ? decodeURIComponent(location.hash.slice(3)) : '';
if (input.value) search();
// A phone on a slow line has the index when the first letter is typed.
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

// The index, asked for once; again if it did not come.
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
  // The reader has typed on: what comes of that is shown.
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

// As the index spells them: lower case, and without the letters that many keyboards lack.
function words(text, { folds }) {
  const folded = folds.reduce((text, [from, to]) => text.replaceAll(from, to), text.toLowerCase());
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length > 1);
}

// The places of one word, each with its weight.
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

// The word, and what is left of it without endings: `indbruddene`, `indbrudd`, `indbrud`.
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

// The places of all words, the heaviest first, without those that have little of what was asked for.
function ranked(found) {
  const sums = new Map();
  for (const weights of found) {
    for (const [place, weight] of weights) sums.set(place, (sums.get(place) ?? 0) + weight);
  }
  const least = Math.max(...sums.values()) / 4;
  const kept = [...sums].filter(([, sum]) => sum >= least);
  return kept.sort(([a, x], [b, y]) => y - x || a - b).map(([place]) => place);
}
