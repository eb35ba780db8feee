// Leaves a worker.
if ('document' in self) navigator.serviceWorker.register('/worker.js');
