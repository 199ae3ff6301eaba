import { DependencyFailure } from '../../runtime/dependency-failure';
import { httpsDocumentReader } from '../../runtime/https-document';
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
  return { state, keys };
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

test('asks the issuer once for a flood of unknown keys', async () => {
  const { state, keys } = issuer();
  await keys.key('rsa', 'RS256');
  state.now = 30;
  const flood = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => keys.key(`unknown-${index}`, 'RS256')));
  expect(flood.every(({ status }) => status === 'rejected')).toBe(true);
  await expect(keys.key('unknown', 'RS256')).rejects.toThrow('key_unknown');
  expect(state.reads).toHaveLength(2);
});

test('verifies through an outage of the issuer, for an hour and no longer', async () => {
  const failures: string[] = [];
  const { state, keys } = issuer({ onFailure: ({ message }) => failures.push(message) });
  await keys.key('rsa', 'RS256');
  state.documents = {};
  state.now = 3599;
  await expect(keys.key('rsa', 'RS256')).resolves.toBeDefined();
  expect(failures).toEqual(['idp.example: down']);
  state.now = 3600;
  await expect(keys.key('rsa', 'RS256')).rejects.toThrow(DependencyFailure);
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

test('reads over a real connection', async () => {
  const server = await httpsServer((_request, response) => response.end(JSON.stringify(JWKS)));
  const keys = new RemoteKeys({ issuer: server.url, jwksUri: `${server.url}/keys`, clock: Date.now, read: httpsDocumentReader(undefined, { ca: server.ca }) });
  await expect(keys.key('rsa', 'RS256')).resolves.toBeDefined();
  await server.close();
});
