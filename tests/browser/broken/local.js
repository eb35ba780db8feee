// Leaves something in local storage.
localStorage.setItem('left', '1');
