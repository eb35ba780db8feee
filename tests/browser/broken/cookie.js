// Leaves a cookie.
document.cookie = 'left=1';
