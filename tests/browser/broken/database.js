// Leaves a database.
indexedDB.open('left');
