// Keeps the page from answering for a while.
for (const end = Date.now() + 3000; Date.now() < end; );
