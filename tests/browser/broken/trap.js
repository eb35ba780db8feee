// Tab stays where it is.
document.getElementById('first').addEventListener('keydown', (event) => event.key === 'Tab' && event.preventDefault());
