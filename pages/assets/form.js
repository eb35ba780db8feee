// Conveniences on a form and on the pages that lead to it. Everything works without them: the function validates, and
// the only value it takes from this script is the time spent on the form. The live preview runs the script again when
// it replaces a form (site-gen/src/live/reload.js), so only functions may be declared at the top level.
'use strict';
for (const form of document.querySelectorAll('form[method="post"]')) {
  sendOnce(form);
  measure(form);
  form.querySelectorAll('textarea[data-max]').forEach(count);
  form.querySelectorAll('input[name="postnr"]').forEach(keep);
}
carry(new URLSearchParams(location.search).get('sted'));

// Ignores a second click while the first is being sent. The function would detect the duplicate; this saves the wait.
function sendOnce(form) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
    setTimeout(() => (sent = false), 8000);
  });
  // A reader who comes back from the next page may send the form again.
  addEventListener('pageshow', () => (sent = false));
}

// Adds the time that this page was open to that of earlier attempts. The time is unknown for a form that the browser
// has restored: it was filled in before the first key was pressed.
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

// Returns true if a control has another value than the page was loaded with.
function isFilled({ type, checked, defaultChecked, value, defaultValue }) {
  return ['radio', 'checkbox'].includes(type) ? checked && !defaultChecked : (defaultValue ?? value) !== value;
}

// Keeps the place for when the reader returns to this page. Browsers do not, because the field has autocomplete off.
// The place is kept in the tab's history and not in the URL, which would be sent.
function keep(field) {
  field.defaultValue ||= history.state?.place ?? '';
  field.addEventListener('input', () => history.replaceState({ place: field.value }, ''));
}

// Counts as the function does: code points, without white space at the ends, a line break as one.
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
    // Screen readers announce it only when little room is left, and not while the reader types.
    clearTimeout(later);
    later = setTimeout(() => (spoken.textContent = room < max / 10 ? words : ''), 1000);
  };
  text.addEventListener('input', update);
  update();
}

// Carries the place that was found on the front page to the form, in the URLs of the pages between. It is a postcode or
// a kommune; without this, the form asks for it.
function carry(place) {
  if (!place) return;
  for (const link of document.querySelectorAll('main a[href^="/"]')) {
    const to = new URL(link.href);
    to.searchParams.set('sted', place);
    link.href = to;
  }
  for (const field of document.querySelectorAll('form[method="post"] input[name="postnr"]')) field.defaultValue ||= place;
}
