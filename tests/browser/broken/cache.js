// Leaves a cache.
caches.open('left');
