// Leaves a page at once, without a trace on the way back: Esc, or the button. Without it the button is a link.
'use strict';
const link = document.getElementById('hurtig-udgang');

document.getElementById('esc').hidden = false;
link.addEventListener('click', leave);
addEventListener('keydown', (event) => event.key === 'Escape' && leave(event));

function leave(event) {
  event.preventDefault();
  // The other page may be slow to come.
  document.documentElement.hidden = true;
  document.title = link.host;
  location.replace(link.href);
}
