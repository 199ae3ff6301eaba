import { DependencyFailure } from '../../runtime/dependency-failure';
import { httpsDocumentReader } from '../../runtime/https-document';
import type { SignatureAlgorithm } from '../../runtime/verification-key';
import { RemoteKeys, type RemoteKeysProps } from '../../runtime/remote-keys';
import { JWKS, jwk } from '../lambda/fixtures/issuer';
import { httpsServer } from '../lambda/fixtures/loopback-server';

const ISSUER = 'https://idp.example';
const DISCOVERY = `${ISSUER}/.well-known/openid-configuration`;

/** An issuer whose documents tests change, on a clock that tests move. */
function issuer(props: Partial<RemoteKeysProps> = {}) {
  const state = { now: 0, documents: { [`${ISSUER}/keys`]: JWKS, [DISCOVERY]: { issuer: ISSUER, jwks_uri: `${ISSUER}/keys` } } as Record<string, unknown>, reads: [] as string[] };
  const keys = new RemoteKeys({
    issuer: ISSUER,
    jwksUri: `${ISSUER}/keys`,
    clock: () => state.now * 1000,
    read: async (url) => {
      state.reads.push(url.href);
      const document = state.documents[url.href];
      if (document === undefined) {
        throw new DependencyFailure(url.host, 'down');
      }
      return Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
    },
    ...props,
  });
  // Who waits need not know who answers at once.
  return { state, keys: { key: async (kid: string, alg: SignatureAlgorithm) => keys.key(kid, alg) } };
}

test('reads the declared keys once', async () => {
  const { state, keys } = issuer();
  await Promise.all([keys.key('rsa', 'RS256'), keys.key('ec', 'ES256'), keys.key('rsa', 'PS256')]);
  expect(state.reads).toEqual([`${ISSUER}/keys`]);
});

test('discovers the keys where no address is declared', async () => {
  const { state, keys } = issuer({ jwksUri: undefined });
  await keys.key('rsa', 'RS256');
  expect(state.reads).toEqual([DISCOVERY, `${ISSUER}/keys`]);
});

test.each([
  ['names another issuer', { issuer: `${ISSUER}/`, jwks_uri: `${ISSUER}/keys` }],
  ['names keys on another host', { issuer: ISSUER, jwks_uri: 'https://evil.example/keys' }],
  ['names keys on another port', { issuer: ISSUER, jwks_uri: `${ISSUER}:8443/keys` }],
  ['names keys without TLS', { issuer: ISSUER, jwks_uri: 'http://idp.example/keys' }],
  ['names no keys', { issuer: ISSUER }],
  ['is not JSON', '<html>'],
])('refuses a discovery document that %s', async (_title, document) => {
  const { state, keys } = issuer({ jwksUri: undefined });
  state.documents[DISCOVERY] = document;
  await expect(keys.key('rsa', 'RS256')).rejects.toThrow(`${ISSUER}: the discovery document`);
  expect(state.reads).toEqual([DISCOVERY]);
});

test('finds a key that was rotated in', async () => {
  const { state, keys } = issuer();
  state.documents[`${ISSUER}/keys`] = { keys: [jwk('rsa')] };
  await keys.key('rsa', 'RS256');
  state.documents[`${ISSUER}/keys`] = { keys: [jwk('ec')] };
  state.now = 30;
  await expect(keys.key('ec', 'ES256')).resolves.toBeDefined();
});

test('follows a rotation without one failed request: published, then used, then withdrawn', async () => {
  const { state, keys } = issuer();
  const url = `${ISSUER}/keys`;
  const sets: Record<string, unknown> = { before: { keys: [jwk('rsa')] }, published: { keys: [jwk('rsa'), jwk('ec')] }, withdrawn: { keys: [jwk('ec')] } };
  for (state.now = 0; state.now < 2400; state.now += 10) {
    state.documents[url] = sets[state.now < 600 ? 'before' : state.now < 1800 ? 'published' : 'withdrawn'];
    await expect(state.now < 1200 ? keys.key('rsa', 'RS256') : keys.key('ec', 'ES256')).resolves.toBeDefined();
    await new Promise(setImmediate);
  }
  // One read in four minutes: no token of the new key had to ask for it.
  expect(state.reads).toHaveLength(2400 / 240);
  await expect(keys.key('rsa', 'RS256')).rejects.toThrow('key_unknown');
});

test('serves good callers at once while a flood of unknown keys meets a slow issuer, which it asks twice a minute at most', async () => {
  let reads = 0;
  let prompt = true;
  const waiting: ((document: Buffer) => void)[] = [];
  const answerAll = (): void => { waiting.splice(0).forEach((answer) => { answer(Buffer.from(JSON.stringify(JWKS))); }); };
  const { state, keys } = issuer({
    read: () => {
      reads += 1;
      return prompt ? Promise.resolve(Buffer.from(JSON.stringify(JWKS))) : new Promise((resolve) => { waiting.push(resolve); });
    },
  });
  await keys.key('rsa', 'RS256');
  prompt = false;
  const flood: Promise<unknown>[] = [];
  for (state.now = 30; state.now < 270; state.now += 0.25) {
    flood.push(...Array.from({ length: 5 }, (_, index) => keys.key(`unknown-${state.now}-${index}`, 'RS256').catch((error: Error) => error.message)));
    const served = keys.key('rsa', 'RS256').then(() => 'served');
    expect(await Promise.race([served, new Promise((resolve) => { setImmediate(resolve, 'waits'); })])).toBe('served');
    if (state.now % 3 === 0) answerAll();
  }
  answerAll();
  expect(new Set(await Promise.all(flood))).toEqual(new Set(['key_unknown']));
  expect(flood).toHaveLength(4800);
  expect(reads).toBeLessThanOrEqual(1 + 240 / 30);
});

test('asks the issuer once for a flood of unknown keys', async () => {
  const { state, keys } = issuer();
  await keys.key('rsa', 'RS256');
  state.now = 30;
  const flood = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => keys.key(`unknown-${index}`, 'RS256')));
  expect(flood.every(({ status }) => status === 'rejected')).toBe(true);
  await expect(keys.key('unknown', 'RS256')).rejects.toThrow('key_unknown');
  expect(state.reads).toHaveLength(2);
});

test.each([['an hour', undefined, 3600], ['as long as declared', 7200, 7200]])('verifies through an outage of the issuer for %s and no longer, and recovers', async (_title, usableThroughOutageSeconds, bound) => {
  const failures: string[] = [];
  const { state, keys } = issuer({ usableThroughOutageSeconds, onFailure: ({ message }) => failures.push(message) });
  const { documents } = state;
  await keys.key('rsa', 'RS256');
  state.documents = {};
  for (state.now = 240; state.now < bound; state.now += 1) {
    await expect(keys.key('rsa', 'RS256')).resolves.toBeDefined();
  }
  expect(failures.length).toBeLessThanOrEqual((bound - 240) / 5);
  expect(new Set(failures)).toEqual(new Set(['idp.example: down']));
  await new Promise(setImmediate);
  state.now = bound + 5;
  await expect(keys.key('rsa', 'RS256')).rejects.toThrow(DependencyFailure);
  Object.assign(state, { documents, now: bound + 6 });
  await expect(keys.key('rsa', 'RS256')).resolves.toBeDefined();
});

test('keeps the keys it holds when the issuer publishes something else', async () => {
  const { state, keys } = issuer();
  await keys.key('rsa', 'RS256');
  state.documents[`${ISSUER}/keys`] = '<html>maintenance</html>';
  state.now = 300;
  await expect(keys.key('rsa', 'RS256')).resolves.toBeDefined();
});

test.each([
  ['an issuer', { issuer: 'http://idp.example' }],
  ['keys', { jwksUri: 'http://idp.example/keys' }],
  ['a URL with a password', { jwksUri: 'https://user:pass@idp.example/keys' }],
])('refuses %s without TLS or with credentials', (_title, props) => {
  expect(() => issuer()).not.toThrow();
  expect(() => issuer(props)).toThrow(TypeError);
});

test('survives rotation, a broken issuer and its return over real connections', async () => {
  const state = { now: 0, keys: [jwk('rsa')], broken: false, requests: 0 };
  const server = await httpsServer((request, response) => {
    state.requests += 1;
    if (state.broken) request.socket.destroy();
    else response.end(JSON.stringify({ keys: state.keys }));
  });
  const failures: string[] = [];
  const keys = new RemoteKeys({
    issuer: server.url, jwksUri: `${server.url}/keys`, clock: () => state.now * 1000, read: httpsDocumentReader(undefined, { ca: server.ca }),
    onFailure: ({ message }) => failures.push(message),
  });
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => { setTimeout(resolve, 5); });
  };
  await expect(keys.key('rsa', 'RS256')).resolves.toBeDefined();
  Object.assign(state, { keys: [jwk('rsa'), jwk('ec')], now: 240 });
  await expect(keys.key('rsa', 'RS256')).resolves.toBeDefined();
  await until(() => state.requests === 2);
  Object.assign(state, { broken: true, now: 480 });
  await expect(keys.key('ec', 'ES256')).resolves.toBeDefined();
  await until(() => failures.length === 1);
  Object.assign(state, { broken: false, now: 600, keys: [jwk('ec')] });
  await expect(keys.key('rsa', 'RS256')).resolves.toBeDefined();
  await until(() => state.requests === 4);
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  await expect(keys.key('rsa', 'RS256')).rejects.toThrow('key_unknown');
  await server.close();
});
