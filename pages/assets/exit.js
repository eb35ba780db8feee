// Quick exit by Esc or the button: leaves the page at once, without a history entry. Without JavaScript, it is a link.
'use strict';
const link = document.getElementById('hurtig-udgang');

document.getElementById('esc').hidden = false;
link.addEventListener('click', leave);
addEventListener('keydown', (event) => event.key === 'Escape' && leave(event));

function leave(event) {
  event.preventDefault();
  // Hides the page at once: the other page may load slowly.
  document.documentElement.hidden = true;
  document.title = link.host;
  location.replace(link.href);
}
