// Small helps on a form, and on the pages that lead to it. Everything works without it: the function judges alone, and of what is set here it looks at
// nothing but how long it took to fill the form in. While somebody writes, it runs again when a form is replaced
// (site-gen/src/live/reload.js): so names out here are those of functions only.
'use strict';
for (const form of document.querySelectorAll('form[method="post"]')) {
  sendOnce(form);
  measure(form);
  form.querySelectorAll('textarea[data-max]').forEach(count);
  form.querySelectorAll('input[name="postnr"]').forEach(keep);
}
carry(new URLSearchParams(location.search).get('sted'));

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

// Keeps the place for the way back to this page. Browsers do not, because the field takes no saved address either. It is kept in
// the history of the tab, and not in the address, which would be sent.
function keep(field) {
  field.defaultValue ||= history.state?.place ?? '';
  field.addEventListener('input', () => history.replaceState({ place: field.value }, ''));
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
    const words = (room < 0 ? over : left).replace('{antal}', Math.abs(room).toLocaleString(document.documentElement.lang));
    shown.textContent = words;
    // Not while the reader types, and only when it matters.
    clearTimeout(later);
    later = setTimeout(() => (spoken.textContent = room < max / 10 ? words : ''), 1000);
  };
  text.addEventListener('input', update);
  update();
}

// Takes the place that was found on the front page to the form, in the addresses of the pages between. It is a postcode or
// a kommune; without this the form asks.
function carry(place) {
  if (!place) return;
  for (const link of document.querySelectorAll('main a[href^="/"]')) {
    const to = new URL(link.href);
    to.searchParams.set('sted', place);
    link.href = to;
  }
  for (const field of document.querySelectorAll('form[method="post"] input[name="postnr"]')) field.defaultValue ||= place;
}
