import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeyManagement } from '../../local/peer/key-management';
import { kmsPublishedKeys } from '../../lambda/published-keys/kms-published-keys';
import { PublishedKeysEndpoint } from '../../lambda/published-keys/published-keys-endpoint';
import { KeySet } from '../../runtime/key-set';
import { KmsSigner } from '../../runtime/kms-signer';
import { verifySignedToken } from '../../runtime/signed-token';

const arn = (id: string): string => `arn:aws:kms:ap-southeast-2:111111111111:key/${id}`;
const CURRENT = arn('current'), NEXT = arn('next');
const POLICY = { types: ['txntoken+jwt'], algorithms: ['ES256'], maxLength: 8192 };

let keys: KeyManagement;
let server: Server;
let environment: Record<string, string>;
let failures: string[];
let connections: number;
/** Answers the next requests in place of KMS. */
let faults: ((response: ServerResponse) => void)[];

beforeAll(async () => {
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const fault = faults.shift();
    if (fault) fault(response);
    else void keys.handle(request, response);
  });
  server.on('connection', () => { connections += 1; });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  environment = { AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
});
afterAll(() => new Promise<void>((resolve) => {
  server.close(() => resolve());
  server.closeAllConnections();
}));
beforeEach(() => {
  keys = new KeyManagement();
  [CURRENT, NEXT].forEach((one) => keys.add(one));
  [failures, faults, connections] = [[], [], 0];
});

function signer(keyArns = [CURRENT, NEXT]): KmsSigner {
  return new KmsSigner({ keyArns, typ: 'txntoken+jwt', environment, clock: Date.now, onFailure: ({ message }) => failures.push(message) });
}

async function verified(token: string): Promise<unknown> {
  const set = KeySet.parse('kms', Buffer.from(await kmsPublishedKeys([CURRENT, NEXT], environment, Date.now)()));
  return verifySignedToken(token, POLICY, { key: (kid, alg) => Promise.resolve().then(() => set.key(kid, alg)) });
}

const kidOf = (token: string): unknown => (JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string }).kid;
const fault = (type: string, status = 400) => (response: ServerResponse): void => { response.writeHead(status).end(JSON.stringify({ __type: `com.amazonaws.kms#${type}` })); };
async function call(operation: string, input: object): Promise<void> {
  await fetch(environment.AWS_ENDPOINT_URL_KMS!, { method: 'POST', headers: { 'x-amz-target': `TrentService.${operation}` }, body: JSON.stringify(input) });
}

test('mints tokens that the published key verifies, many in a row', async () => {
  const one = signer();
  // Enough for r and s to have had their high bits, and leading zero bytes, in every combination that DER writes differently.
  for (let index = 0; index < 300; index += 1) {
    const token = await one.sign({ sub: `user-${index}` });
    if (index === 0) expect(kidOf(token)).toBe('current');
    expect(await verified(token)).toEqual({ sub: `user-${index}` });
  }
  expect(failures).toEqual([]);
});

test('keeps the connection for the next token', async () => {
  const one = signer();
  for (let index = 0; index < 5; index += 1) await one.sign({});
  expect(connections).toBe(1);
});

test('signs tokens that KMS could not take as a message', async () => {
  expect(await verified(await signer().sign({ sub: 'x'.repeat(4500) }))).toMatchObject({ sub: expect.stringMatching(/^x{4500}$/) as string });
});

test.each(['ThrottlingException', 'KMSInternalException'])('tries once more after %s, and counts it', async (type) => {
  faults = [fault(type)];
  expect(await verified(await signer().sign({ sub: 'a' }))).toEqual({ sub: 'a' });
  expect(failures).toEqual([`KMS signing key: status 400, ${type}`]);
});

test('fails closed where KMS goes on throttling', async () => {
  faults = [fault('ThrottlingException'), fault('ThrottlingException')];
  await expect(signer().sign({})).rejects.toThrow('KMS signing key: status 400, ThrottlingException');
  expect(failures).toHaveLength(2);
});

test('survives a connection that died while the process was frozen', async () => {
  const one = signer();
  await one.sign({});
  faults = [(response) => { response.destroy(); }];
  expect(await verified(await one.sign({ sub: 'a' }))).toEqual({ sub: 'a' });
});

test('gives up on a KMS that does not answer, within two seconds and a half', async () => {
  faults = [() => undefined, () => undefined];
  const start = Date.now();
  await expect(signer().sign({})).rejects.toThrow('KMS signing key: ABORT_ERR');
  expect(Date.now() - start).toBeLessThan(2500);
}, 10_000);

test.each([
  ['none', {}],
  ['of another form', { Signature: Buffer.alloc(64, 7).toString('base64') }],
  ['with zero for r', { Signature: Buffer.from('3006020100020101', 'hex').toString('base64') }],
  ['with an integer too many', { Signature: Buffer.from('300902010102010102010 1'.replace(' ', ''), 'hex').toString('base64') }],
])('takes no signature that is %s', async (_title, body) => {
  const answer = (response: ServerResponse): void => { response.writeHead(200).end(JSON.stringify(body)); };
  faults = [answer, answer];
  await expect(signer().sign({})).rejects.toThrow('no signature');
});

test('signs with the next key once somebody disables the first, and publishes it no longer', async () => {
  const one = signer();
  const before = await one.sign({ sub: 'a' });
  await call('DisableKey', { KeyId: CURRENT });
  const after = await one.sign({ sub: 'a' });
  expect(kidOf(after)).toBe('next');
  expect(await verified(after)).toEqual({ sub: 'a' });
  await expect(verified(before)).rejects.toThrow('key_unknown');
  expect(failures).toEqual(['KMS signing key: current: DisabledException']);
  await one.sign({});
  expect(failures).toHaveLength(1);
});

test('publishes no key once every one is revoked, so that verifiers do not go on with those they have', async () => {
  const before = await signer().sign({});
  for (const KeyId of [CURRENT, NEXT]) await call('DisableKey', { KeyId });
  const endpoint = new PublishedKeysEndpoint(kmsPublishedKeys([CURRENT, NEXT], environment, Date.now), Date.now, undefined, 0);
  expect(await endpoint.answer()).toMatchObject({ statusCode: 200, body: '{"keys":[]}' });
  await expect(verified(before)).rejects.toThrow('key_unknown');
});

test('refuses while every key is disabled, and signs again once one is enabled', async () => {
  const one = signer();
  for (const KeyId of [CURRENT, NEXT]) await call('DisableKey', { KeyId });
  await expect(one.sign({})).rejects.toThrow('every key is disabled');
  await expect(one.sign({})).rejects.toThrow('every key is disabled');
  await call('EnableKey', { KeyId: NEXT });
  expect(kidOf(await one.sign({}))).toBe('next');
});

test('publishes nothing rather than a part while KMS throttles', async () => {
  const enabled = (response: ServerResponse): void => { response.writeHead(200).end(JSON.stringify({ KeyMetadata: { KeyState: 'Enabled' } })); };
  for (const refusals of [[fault('ThrottlingException')], [enabled, fault('ThrottlingException')]]) {
    faults = refusals;
    await expect(kmsPublishedKeys([CURRENT], environment, Date.now)()).rejects.toThrow('ThrottlingException');
  }
});

test.each(['PendingDeletion', 'Unavailable', undefined])('publishes no key of which KMS says %s', async (KeyState) => {
  faults = [(response) => { response.writeHead(200).end(JSON.stringify({ KeyMetadata: { KeyState } })); }];
  const { keys: published } = JSON.parse(await kmsPublishedKeys([CURRENT], environment, Date.now)()) as { keys: unknown[] };
  expect(published).toEqual([]);
});

test('sends credentials over HTTPS only', () => {
  expect(() => new KmsSigner({ keyArns: [CURRENT], typ: 't', environment: { AWS_ENDPOINT_URL_KMS: 'http://kms.example' }, clock: Date.now, onFailure: () => undefined })).toThrow('https');
});
