import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { LocalClient } from '../../../local/client';
import { startLocalGateway, type LocalGateway } from '../../../local/start';
import { BAD_INPUT } from './bad-input-cases';
import { ordersEnvironment, type OrdersEnvironment } from './orders-environment';
import { sendRaw, type RawAnswer, type RawOptions } from './raw-connection';

const out = join(__dirname, '../../../out/test-bad-input');
let environment: OrdersEnvironment;
let gateway: LocalGateway;
let token: string;

beforeAll(async () => {
  environment = ordersEnvironment();
  gateway = await startLocalGateway({ app: environment.app, out, log: () => undefined, patience: { handshake: 1000, headers: 600, request: 1200 } });
  token = await new LocalClient(gateway.endpoints).token({ domain: 'public', client: 'web' });
});
afterAll(async () => {
  await gateway.close();
  environment.remove();
  rmSync(out, { recursive: true, force: true });
});

const host = (): string => gateway.endpoints.domains.public!.hostName;
const filled = (bytes: string | Buffer): Buffer => Buffer.from((typeof bytes === 'string' ? bytes : bytes.toString('latin1')).replaceAll('{host}', host()).replaceAll('{token}', token), 'latin1');
const send = (bytes: readonly (string | Buffer)[], options?: RawOptions): Promise<RawAnswer> => sendRaw(gateway.endpoints, 'public', bytes.map(filled), options);
const log = (name: string): string => readFileSync(join(out, 'local', `${name}.log`), 'utf8');

describe.each(BAD_INPUT)('%s', (_, cases) => {
  test.each(cases.map((one) => [one.title, one.statuses.join() || 'no answer', one] as const))('%s: %s', async (_title, _statuses, { bytes, statuses }) => {
    const answer = await send(Array.isArray(bytes) ? bytes as string[] : [bytes as string]);
    expect(answer.statuses).toEqual(statuses);
    expect(answer.text).not.toContain('smuggled');
  });
});

test('is an attack: a lenient parser takes one message with both lengths for two requests', async () => {
  const seen: string[] = [];
  const lenient = createServer({ insecureHTTPParser: true }, (request, response) => { seen.push(request.url ?? ''); response.end(); });
  await new Promise<void>((resolve) => { lenient.listen(0, '127.0.0.1', resolve); });
  const socket = connect((lenient.address() as AddressInfo).port, '127.0.0.1', () => { socket.write(filled(BAD_INPUT[0]![1][0]!.bytes as string)); });
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  socket.destroy();
  await new Promise((resolve) => { lenient.close(resolve); });
  expect(seen).toEqual(['/orders/orders', '/orders/orders/smuggled']);
});

const order = 'GET /orders/orders/1 HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n';
const upload = 'POST /orders/orders HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"name":"';

describe('time', () => {
  test.each([
    ['headers, a byte at a time', [...`${order}X-Slow: ${'a'.repeat(200)}`], 20],
    ['a body, a byte at a time', [upload, ...'a'.repeat(200)], 20],
    ['a chunked body, a chunk at a time', [upload.replace('Content-Length: 1000', 'Transfer-Encoding: chunked').replace('{"name":"', ''), ...Array.from({ length: 200 }, () => '1\r\na\r\n')], 20],
    ['headers that never end', [order], undefined],
    ['a body that never comes', [upload], undefined],
  ])('is up for %s: 408', async (_, pieces, pause) => {
    const answer = await send(pieces, { pause });
    expect([answer.statuses, answer.closed]).toEqual([[408], true]);
  });

  test('is up for a handshake that never comes', async () => {
    const { port } = gateway.endpoints.domains.public!;
    const started = Date.now();
    await new Promise((resolve) => { connect(port, '127.0.0.1').resume().once('close', resolve).once('error', () => undefined); });
    expect(Date.now() - started).toBeLessThan(5000);
  });
});

describe('callers that go away', () => {
  test.each([['within the headers', order], ['within the body', upload], ['before their answer', `${order}\r\n`]])('%s are not waited for', async (_, bytes) => {
    await send([bytes], { abort: true });
    expect((await send([`${order}\r\n`])).statuses).toEqual([200]);
  });
});

describe('the server name', () => {
  test.each([['of another domain', 'partner.example'], ['of nobody', ''], ['with a NUL', 'evil.example\0.public'], ['longer than a name may be', 'a'.repeat(300)]])('%s ends the handshake', async (_, serverName) => {
    await expect(send([`${order}\r\n`], { serverName })).rejects.toThrow();
  });

  test('is not enough: the host header is looked at as well', async () => {
    expect((await send(['GET /orders/orders/1 HTTP/1.1\r\nHost: partner.example\r\n\r\n'])).statuses).toEqual([403]);
  });
});

test('takes a sound request after all of these, in the process that it started', async () => {
  expect((await send([`${order}\r\n`])).statuses).toEqual([200]);
});

test('logs what it refused without a byte of it', () => {
  const lines = log('refused').trim().split('\n').map((line) => JSON.parse(line) as { [name: string]: unknown });
  expect(lines.length).toBeGreaterThan(50);
  const reasons = new Set(lines.map(({ reason }) => reason));
  for (const reason of ['HPE_INVALID_TRANSFER_ENCODING', 'HPE_HEADER_OVERFLOW', 'ERR_HTTP_REQUEST_TIMEOUT', 'host_repeated', 'host_mismatch', 'target_form', 'target_too_long', 'headers_too_large', 'body_too_large', 'server_name']) expect(reasons).toContain(reason);
  for (const line of lines) expect(Object.keys(line).filter((name) => !['time', 'domain', 'sourceIp', 'status', 'reason'].includes(name))).toEqual([]);
});

test('writes neither tokens nor bodies into any log', () => {
  const written = readdirSync(join(out, 'local')).filter((name) => name.endsWith('.log')).map((name) => readFileSync(join(out, 'local', name), 'utf8')).join('\n');
  for (const secret of [token, token.split('.')[2]!, 'polluted', 'admin', 'haha', 'smuggled', 'evil.example']) expect(written).not.toContain(secret);
});
