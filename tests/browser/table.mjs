// The table of a running service: deletes it, like a failure of the cloud, or moves a deadline into the past.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir, readlink } from 'node:fs/promises';

export async function dropTable(pid, site) {
  const ask = await asking(pid, site);
  const { TableNames } = await ask('ListTables', {});
  for (const TableName of TableNames) await ask('DeleteTable', { TableName });
  if (TableNames.length === 0) throw new Error('there was no table to take away');
}

// Gives the request with this id a deadline in the past.
export async function passDeadline(pid, site, id) {
  const ask = await asking(pid, site);
  await ask('UpdateItem', {
    TableName: 'bestil-en-betjent',
    Key: { pk: { S: `SUBMISSION#${id}` }, sk: { S: 'submission' } },
    UpdateExpression: 'SET promise = :promise',
    ExpressionAttributeValues: { ':promise': { S: JSON.stringify({ call: { by: '2026-01-05' } }) } },
  });
}

// Returns a client of the database. `site` is the service; the other port that it listens on is its database.
async function asking(pid, site) {
  const [port] = (await listening(pid)).filter((port) => port !== new URL(site).port);
  return async (operation, values) => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        // It requires the headers of an AWS client, but checks none of their values.
        'x-amz-date': '20260101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/b/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify(values),
    });
    if (!answer.ok) throw new Error(`${operation} at port ${port} answered ${answer.status}: ${await answer.text()}`);
    return await answer.json();
  };
}

// Returns the ports that a program listens on. It does not print its database's port, so the system is asked.
async function listening(pid) {
  if (!existsSync('/proc/net/tcp')) {
    const { stdout } = spawnSync('lsof', ['-nP', '-a', '-p', `${pid}`, '-iTCP', '-sTCP:LISTEN', '-Fn'], { encoding: 'utf8' });
    return [...stdout.matchAll(/^n.*:(\d+)$/gm)].map(([, port]) => port);
  }
  const files = await readdir(`/proc/${pid}/fd`);
  const open = new Set(await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => ''))));
  const sockets = (await readFile('/proc/net/tcp', 'utf8')).trim().split('\n').slice(1).map((line) => line.trim().split(/\s+/));
  const ours = sockets.filter(([, , , state, , , , , , inode]) => state === '0A' && open.has(`socket:[${inode}]`));
  return ours.map(([, local]) => `${parseInt(local.split(':')[1], 16)}`);
}
