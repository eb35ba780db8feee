// Logs an error.
console.error('all is not well');
