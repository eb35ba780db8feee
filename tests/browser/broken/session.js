// Leaves something in session storage.
sessionStorage.setItem('left', '1');
