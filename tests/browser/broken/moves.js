// Pushes everything down once it is on the screen.
setTimeout(() => {
  const late = document.createElement('p');
  late.textContent = 'Late';
  late.style.height = '20rem';
  document.body.prepend(late);
}, 300);
