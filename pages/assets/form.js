// Small helps on a form. Everything works without it: the function judges alone, and of what is set here it looks at
// nothing but how long it took to fill the form in. While somebody writes, it runs again when a form is replaced
// (site-gen/src/live/reload.js): so names out here are those of functions only.
'use strict';
for (const form of document.querySelectorAll('form[method="post"]')) {
  sendOnce(form);
  measure(form);
  form.querySelectorAll('textarea[data-max]').forEach(count);
  narrow(form.elements.postnr, form.elements.kommune);
}

// A second click while the first is on its way is not sent. The function would see that it is the same; this saves the wait.
function sendOnce(form) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
    setTimeout(() => (sent = false), 8000);
  });
  // Back from the next page, the form may be sent again.
  addEventListener('pageshow', () => (sent = false));
}

// How long this page was open, added to what earlier tries took. Of a form that the browser has restored nobody knows how
// long it took: before the first key was pressed, it was filled in.
function measure(form) {
  const field = form.elements.udfyldt_ms;
  if (!field || field.type !== 'hidden' || !form.noValidate) return;
  const before = Number(field.value) || 0;
  let restored;
  const look = ({ target }) => {
    restored ??= [...form.elements].some((control) => control !== target && isFilled(control));
  };
  form.addEventListener('input', look);
  form.addEventListener('submit', (event) => {
    look(event);
    field.value = restored ? '' : Math.round(before + performance.now());
  });
}

// Whether a control has another answer than the page came with.
function isFilled({ type, checked, defaultChecked, value, defaultValue }) {
  return ['radio', 'checkbox'].includes(type) ? checked && !defaultChecked : (defaultValue ?? value) !== value;
}

// Counts as the function does: characters without white space at the ends, a line break as one.
function count(text) {
  const { max, left, over } = text.dataset;
  const shown = document.createElement('p');
  const spoken = document.createElement('p');
  shown.className = 'form-hint';
  shown.setAttribute('aria-hidden', 'true');
  spoken.className = 'sr-only';
  spoken.setAttribute('aria-live', 'polite');
  text.after(shown, spoken);
  let later;
  const update = () => {
    const room = max - [...text.value.trim()].length;
    const words = (room < 0 ? over : left).replace('{antal}', Math.abs(room));
    shown.textContent = words;
    // Not while the reader types, and only when it matters.
    clearTimeout(later);
    later = setTimeout(() => (spoken.textContent = room < max / 10 ? words : ''), 1000);
  };
  text.addEventListener('input', update);
  update();
}

// Leaves the kommuner that a postcode lies in; any other text brings all of them back.
function narrow(postcode, kommune) {
  if (!postcode || !kommune || kommune.type !== 'select-one') return;
  const all = [...kommune.children];
  let places;
  const update = async () => {
    const typed = postcode.value.trim();
    try {
      places ??= await (await fetch(postcode.dataset.places)).json();
    } catch {
      return;
    }
    if (typed !== postcode.value.trim()) return;
    const chosen = kommune.value;
    const codes = places[typed];
    kommune.replaceChildren(...all.map((child) => child.cloneNode(true)));
    if (codes) {
      for (const option of kommune.querySelectorAll('option')) {
        if (option.value && !codes.includes(option.value)) option.remove();
      }
      for (const group of kommune.querySelectorAll('optgroup')) group.children.length || group.remove();
    }
    const value = codes?.length === 1 ? codes[0] : chosen;
    kommune.value = [...kommune.options].some((option) => option.value === value) ? value : '';
  };
  postcode.addEventListener('change', update);
  postcode.addEventListener('input', () => [0, 4].includes(postcode.value.trim().length) && update());
}
