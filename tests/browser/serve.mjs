// A small server for one test file: it serves what `find` returns for a path, with given headers, compressed.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';

const table = readFileSync(new URL('../../pages/media-types.tsv', import.meta.url), 'utf8').trimEnd().split('\n');
const TYPES = Object.fromEntries(table.map((line) => line.split('\t')));

// Starts it on a free port, and stops it when `t` is done. `find` returns a file's name, bytes and perhaps headers, or
// nothing. Returns the address without a trailing slash.
export async function serve(t, headers, find) {
  const server = createServer(async ({ url }, answer) => {
    const found = await find(new URL(url, 'http://127.0.0.1').pathname);
    if (!found) return answer.writeHead(404).end();
    const type = TYPES[extname(found.name).slice(1)] ?? 'application/octet-stream';
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
