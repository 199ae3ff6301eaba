import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FunctionPool } from '../../../local/function/function-pool';
import { loopbackServer, type LoopbackServer } from '../../../local/loopback-server';
import { CertificateAuthority } from '../../../local/peer/certificate-authority';

const directory = mkdtempSync(join(tmpdir(), 'function-'));
const pools: FunctionPool[] = [];
let server: LoopbackServer;
let log = '';

beforeAll(async () => {
  const authority = await CertificateAuthority.create('Test');
  writeFileSync(join(directory, 'ca.pem'), authority.certificate);
  server = await loopbackServer(async (request, response) => { response.end(`${request.headers.host ?? ''}${request.url ?? ''}`); await Promise.resolve(); },
    await authority.issue({ subject: 'CN=keys', alternativeNames: ['keys.example'], usage: 'server' }));
});
afterAll(async () => {
  await Promise.all([...pools.map((pool) => pool.close()), server.close()]);
  rmSync(directory, { recursive: true, force: true });
});

function pool(code: string, timeoutSeconds = 10): FunctionPool {
  const name = `f${pools.length}`;
  writeFileSync(join(directory, `${name}.js`), code);
  const made = new FunctionPool(
    { arn: `arn:aws:lambda:ap-southeast-2:111111111111:function:${name}`, name, account: '111111111111', region: 'ap-southeast-2', directory, handler: `${name}.handler`, environment: { DECLARED: 'yes' }, timeoutSeconds, memoryMegabytes: 256 },
    { routes: () => ({ 'keys.example:443': server.port }), certificateAuthority: join(directory, 'ca.pem'), secretsManagerUrl: 'http://127.0.0.1:1', dynamoDbUrl: 'http://127.0.0.1:1', keyManagementUrl: 'http://127.0.0.1:1', verifiedPermissionsUrl: 'http://127.0.0.1:1', webAclApiUrl: 'http://127.0.0.1:1', objectStorageUrl: 'http://127.0.0.1:1', privateAuthorityUrl: 'http://127.0.0.1:1', log: () => (text) => { log += text; } });
  pools.push(made);
  return made;
}

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
test('runs a handler on a Node.js of Lambda with the environment of Lambda and no other', async () => {
  process.env.SECRET_OF_THIS_MACHINE = 'x';
  const outcome = await pool('exports.handler = async (event, context) => ({ event, node: process.versions.node, env: process.env, left: context.getRemainingTimeInMillis(), arn: context.invokedFunctionArn })').invoke({ hello: 1 });
  expect(outcome).toMatchObject({ value: { event: { hello: 1 }, node: expect.stringMatching(/^2[2-9]\./) as string, arn: expect.stringMatching(/:f0$/) as string, env: { DECLARED: 'yes', AWS_REGION: 'ap-southeast-2', AWS_LAMBDA_FUNCTION_NAME: 'f0', LAMBDA_TASK_ROOT: directory } } });
  expect(JSON.stringify(outcome)).not.toContain('SECRET_OF_THIS_MACHINE');
  delete process.env.SECRET_OF_THIS_MACHINE;
});

test('keeps a process between invocations', async () => {
  const counting = pool('let count = 0; exports.handler = async () => ++count');
  expect([await counting.invoke({}), await counting.invoke({})]).toEqual([{ value: 1 }, { value: 2 }]);
});

test('gives each process one invocation at a time', async () => {
  const slow = pool('let busy = false; exports.handler = async () => { if (busy) throw new Error("twice"); busy = true; await new Promise((r) => setTimeout(r, 30)); busy = false; return process.pid }');
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => slow.invoke({})));
  expect(new Set(outcomes.map((outcome) => 'value' in outcome ? outcome.value : 'error')).size).toBeGreaterThan(1);
  expect(outcomes.every((outcome) => 'value' in outcome)).toBe(true);
});

test('leaves quick invocations to the process that is awake', async () => {
  const quick = pool('exports.handler = async () => process.pid');
  let processes = 0;
  // It learns how long they take; without that, three at once always wake a second process.
  for (let round = 0; processes !== 1 && round < 2000; round += 1) {
    processes = new Set((await Promise.all([quick.invoke({}), quick.invoke({}), quick.invoke({})])).map((outcome) => 'value' in outcome ? outcome.value : 'error')).size;
  }
  expect(processes).toBe(1);
});

test('reports an error by type and message, and its stack in the log', async () => {
  expect(await pool('exports.handler = async () => { throw new TypeError("boom") }').invoke({})).toEqual({ error: { errorType: 'TypeError', errorMessage: 'boom' } });
  expect(log).toContain('TypeError: boom');
});

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
test('ends a process that overruns, and goes on with another', async () => {
  const late = pool('exports.handler = (event) => event.late ? new Promise(() => setInterval(() => {}, 1000)) : Promise.resolve("ok")', 0.5);
  expect(await late.invoke({ late: true })).toEqual({ error: { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 0.50 seconds', timedOut: true } });
  expect(await late.invoke({})).toEqual({ value: 'ok' });
});

test('gives what a process was sent and had not begun to another when it crashes or overruns', async () => {
  const fragile = pool('exports.handler = async (event) => event.crash ? process.exit(3) : event.late ? new Promise(() => setInterval(() => {}, 1000)) : event.index', 0.5);
  const outcomes = await Promise.all(Array.from({ length: 14 }, (_, index) => fragile.invoke({ index, crash: index === 0, late: index === 1 })));
  expect(outcomes.slice(2)).toEqual(Array.from({ length: 12 }, (_, index) => ({ value: index + 2 })));
  expect(outcomes.slice(0, 2).every((outcome) => 'error' in outcome)).toBe(true);
});

test('answers everything that waits when it closes', async () => {
  const slow = pool('exports.handler = () => new Promise(() => setInterval(() => {}, 1000))');
  const waiting = Promise.all(Array.from({ length: 20 }, () => slow.invoke({})));
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  await slow.close();
  expect((await waiting).every((outcome) => 'error' in outcome)).toBe(true);
});

test('survives a crash', async () => {
  const fragile = pool('exports.handler = async (event) => event.crash ? process.exit(3) : "ok"');
  expect(await fragile.invoke({ crash: true })).toEqual({ error: { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited with status 3', timedOut: false } });
  expect(await fragile.invoke({})).toEqual({ value: 'ok' });
});

test('reports a handler that is not there', async () => {
  expect(await pool('exports.other = 1').invoke({})).toMatchObject({ error: { errorMessage: expect.stringContaining('is undefined or not exported') as string } });
});

test.each([
  ['node:https', 'const https = require("node:https"); exports.handler = (event) => new Promise((resolve, reject) => https.get(event.url, (r) => { let b = ""; r.on("data", (c) => b += c).on("end", () => resolve(b)); }).on("error", reject))'],
  ['fetch', 'exports.handler = async (event) => { try { return await (await fetch(event.url)).text() } catch (error) { throw error.cause } }'],
])('leads %s to the declared hosts on loopback, TLS verified, and nowhere else', async (_, code) => {
  const reaching = pool(code);
  expect(await reaching.invoke({ url: 'https://keys.example/jwks' })).toEqual({ value: 'keys.example/jwks' });
  expect(await reaching.invoke({ url: 'https://elsewhere.example/' })).toMatchObject({ error: { errorMessage: expect.stringContaining('LOCAL_ROUTE: a process of the local gateway reaches declared hosts only, got elsewhere.example') as string } });
});
