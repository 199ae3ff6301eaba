import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

/** Addresses and certificates of the running gateway; `cdk-api-security start` writes them. */
const READY = 'out/ready.json';

interface Reply {
  readonly status?: number;
  readonly type?: string;
}

let gateway: ChildProcess;
let token: string;

before(async () => {
  rmSync(READY, { force: true });
  gateway = spawn('node_modules/.bin/cdk-api-security', ['start', '--environment', 'Test', '--ready-file', READY], { stdio: ['ignore', 'ignore', 'inherit'] });
  while (!existsSync(READY) && gateway.exitCode === null) await setTimeout(100);
  token = execFileSync('node_modules/.bin/cdk-api-security', ['token', '--ready-file', READY, '--domain', 'public', '--client', 'web-shop'], { encoding: 'utf8' }).trim();
});

after(() => gateway.kill());

function send(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Reply> {
  const { certificateAuthorityFile, domains: { public: { hostName, port } } } = JSON.parse(readFileSync(READY, 'utf8'));
  return new Promise((resolve, reject) => {
    const options = { method, path, port, host: '127.0.0.1', servername: hostName, ca: readFileSync(certificateAuthorityFile), headers: { host: hostName, ...headers }, agent: false };
    request(options, (response) => {
      response.resume().on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'] }));
    }).on('error', reject).end(body);
  });
}

const asWebShop = (): Record<string, string> => ({ authorization: `Bearer ${token}` });

test('lets the web shop read an order', async () => {
  assert.equal((await send('GET', '/orders/42', asWebShop())).status, 200);
});

test('refuses a caller without an access token', async () => {
  assert.deepEqual(await send('GET', '/orders/42'), { status: 401, type: 'application/problem+json' });
});

test('refuses a body that the document does not describe', async () => {
  const body = JSON.stringify({ article: 'tea', quantity: 0 });
  assert.equal((await send('POST', '/orders', { ...asWebShop(), 'content-type': 'application/json', 'content-length': `${body.length}` }, body)).status, 400);
});

test('refuses a method that no operation has', async () => {
  assert.equal((await send('DELETE', '/orders/42', asWebShop())).status, 405);
});
