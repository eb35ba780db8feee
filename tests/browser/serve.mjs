// A small server for one test file: what `find` gives for a path, with the headers that it is told, packed.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
  '.atom': 'application/atom+xml',
  '.ics': 'text/calendar; charset=utf-8',
};

// Starts it on a free port, and stops it when `t` is done. `find` gives a file's name and bytes and may give headers
// of its own, or nothing. Gives the address, without a slash at the end.
export async function serve(t, headers, find) {
  const server = createServer(async ({ url }, answer) => {
    const found = await find(new URL(url, 'http://127.0.0.1').pathname);
    if (!found) return answer.writeHead(404).end();
    const type = TYPES[extname(found.name)] ?? 'application/octet-stream';
    const own = { ...headers, 'content-type': type, 'content-encoding': 'gzip', ...found.headers };
    for (const [name, value] of Object.entries(own)) if (value) answer.setHeader(name, value);
    answer.end(gzipSync(found.bytes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}
