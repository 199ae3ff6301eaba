import * as crypto from 'node:crypto';
import { accessToken, decide } from '../fixtures/authorizer';
import { ApiKeySecrets, freshKey, OTHER, WEB } from '../fixtures/api-keys';

jest.mock('node:crypto', () => ({ ...jest.requireActual<typeof crypto>('node:crypto'), timingSafeEqual: jest.fn(jest.requireActual<typeof crypto>('node:crypto').timingSafeEqual) }));
const timingSafeEqual = jest.mocked(crypto.timingSafeEqual);

const verdict = async (secrets: ApiKeySecrets, headers: Readonly<Record<string, readonly string[]>>, claims: object = {}): Promise<[number, string | undefined]> => {
  const { status, records } = await decide(secrets.scenario(headers, { token: accessToken(claims) }));
  return [status, records[1]?.reason];
};

test.each(['X-Api-Key', 'x-api-key', 'X-API-KEY'])('admits a client with its token and its key in %s', async (name) => {
  const secrets = new ApiKeySecrets();
  expect(await verdict(secrets, { [name]: [secrets.key] })).toEqual([200, undefined]);
});

test('never takes a key for an access token', async () => {
  const secrets = new ApiKeySecrets();
  const { status, records } = await decide({ ...secrets.scenario({}), headers: { 'X-Api-Key': [secrets.key] } });
  expect([status, records[1]?.reason, secrets.reads]).toEqual([401, 'token_missing', 0]);
  expect((await decide({ ...secrets.scenario({}), headers: { Authorization: [`Bearer ${secrets.key}`], 'X-Api-Key': [secrets.key] } })).status).toBe(401);
});

describe('refuses', () => {
  test.each<[string, (secrets: ApiKeySecrets) => Readonly<Record<string, readonly string[]>>, string]>([
    ['no key', () => ({}), 'api_key_missing'],
    ['an empty key', () => ({ 'X-Api-Key': [''] }), 'api_key_mismatch'],
    ['a key that is nobody\'s', () => ({ 'X-Api-Key': [freshKey()] }), 'api_key_mismatch'],
    ['a key of another consumer', ({ otherKey }) => ({ 'X-Api-Key': [otherKey] }), 'api_key_mismatch'],
    ['the placeholder of the secret', () => ({ 'X-Api-Key': ['placeholder'] }), 'api_key_mismatch'],
    ['the key twice', ({ key }) => ({ 'X-Api-Key': [key, key] }), 'api_key_mismatch'],
    ['a wrong key beside the key', ({ key }) => ({ 'X-Api-Key': [freshKey()], 'x-api-key': [key] }), 'api_key_mismatch'],
    ['the key beside a wrong one of another spelling', ({ key }) => ({ 'X-Api-Key': [key], X_Api_Key: [freshKey()] }), 'header_ambiguous'],
    ['a key with a space after it', ({ key }) => ({ 'X-Api-Key': [`${key} `] }), 'api_key_mismatch'],
    ['two keys in one header', ({ key }) => ({ 'X-Api-Key': [`${key}, ${key}`] }), 'api_key_mismatch'],
    ['half a key', ({ key }) => ({ 'X-Api-Key': [key.slice(0, 26)] }), 'api_key_mismatch'],
    ['a key in capitals', ({ key }) => ({ 'X-Api-Key': [key.toUpperCase()] }), 'api_key_mismatch'],
    ['the key in a header of another name', ({ key }) => ({ 'Api-Key': [key], 'X-Api-Key-2': [key] }), 'api_key_missing'],
  ])('%s', async (_title, headers, reason) => {
    const secrets = new ApiKeySecrets();
    expect(await verdict(secrets, headers(secrets))).toEqual([403, reason]);
    expect(await verdict(secrets, { 'X-Api-Key': [secrets.key] })).toEqual([200, undefined]);
  });

  test('a key that only the query string holds', async () => {
    const secrets = new ApiKeySecrets();
    const query = { 'x-api-key': secrets.key, 'X-Api-Key': secrets.key, api_key: secrets.key, apiKey: secrets.key };
    const { status, records } = await decide(secrets.scenario({}, { query }));
    expect([status, records[1]?.reason]).toEqual([403, 'api_key_missing']);
  });

  test('with the same challenge whatever is wrong with the key', async () => {
    const secrets = new ApiKeySecrets();
    const [missing, wrong] = [await decide(secrets.scenario({})), await decide(secrets.scenario({ 'X-Api-Key': [freshKey()] }))];
    expect(missing.result?.context?.challenge).toBe('Bearer error="invalid_request"');
    expect(wrong.result?.context?.challenge).toBe(missing.result?.context?.challenge);
  });
});

test('compares digests in constant time, each of them, whichever matches', async () => {
  const secrets = new ApiKeySecrets();
  secrets.rotate();
  const { current, previous } = secrets.versions.get(WEB)!;
  timingSafeEqual.mockClear();
  for (const key of [current, previous!]) {
    expect(await verdict(secrets, { 'X-Api-Key': [key] })).toEqual([200, undefined]);
  }
  expect(timingSafeEqual).toHaveBeenCalledTimes(4);
  expect(timingSafeEqual.mock.calls.flat().map(({ byteLength }) => byteLength)).toEqual(Array(8).fill(32));
});

test('accepts the previous key until the rotation after next, and none that is older', async () => {
  const secrets = new ApiKeySecrets();
  const first = secrets.key;
  const second = secrets.rotate();
  expect(await verdict(secrets, { 'X-Api-Key': [first] })).toEqual([200, undefined]);
  expect(await verdict(secrets, { 'X-Api-Key': [second] })).toEqual([200, undefined]);
  const third = secrets.rotate();
  secrets.now += 300;
  expect(await verdict(secrets, { 'X-Api-Key': [first] })).toEqual([403, 'api_key_mismatch']);
  expect(await verdict(secrets, { 'X-Api-Key': [second] })).toEqual([200, undefined]);
  expect(await verdict(secrets, { 'X-Api-Key': [third] })).toEqual([200, undefined]);
});

test('finds a new key within half a minute of its rotation', async () => {
  const secrets = new ApiKeySecrets();
  await verdict(secrets, { 'X-Api-Key': [secrets.key] });
  const rotated = secrets.rotate();
  secrets.now += 29;
  expect(await verdict(secrets, { 'X-Api-Key': [rotated] })).toEqual([403, 'api_key_mismatch']);
  secrets.now += 1;
  expect(await verdict(secrets, { 'X-Api-Key': [rotated] })).toEqual([200, undefined]);
});

test('reads a secret once for a flood of wrong keys, and malformed ones cost nothing', async () => {
  const secrets = new ApiKeySecrets();
  await Promise.all(Array.from({ length: 200 }, () => verdict(secrets, { 'X-Api-Key': [freshKey()] })));
  expect(secrets.reads).toBe(2);
  secrets.now += 31;
  await Promise.all(Array.from({ length: 200 }, () => verdict(secrets, { 'X-Api-Key': [`${freshKey().slice(0, -1)}-x`] })));
  expect(secrets.reads).toBe(2);
  await Promise.all(Array.from({ length: 200 }, () => verdict(secrets, { 'X-Api-Key': [freshKey()] })));
  expect(secrets.reads).toBe(4);
});

test('keeps what it reads of declared consumers only, each by itself', async () => {
  const secrets = new ApiKeySecrets();
  await verdict(secrets, { 'X-Api-Key': [secrets.key] });
  expect(await verdict(secrets, { 'X-Api-Key': [secrets.otherKey] }, { client_id: 'other-app' })).toEqual([200, undefined]);
  expect(await verdict(secrets, { 'X-Api-Key': [freshKey()] }, { client_id: 'stranger' })).toEqual([403, 'client_unknown']);
  expect(secrets.reads).toBe(4);
  expect([...(secrets.keys as unknown as { held: Map<string, unknown> }).held.keys()]).toEqual([WEB, OTHER]);
});

test('reads nothing for a client that needs no key', async () => {
  const secrets = new ApiKeySecrets();
  const { status } = await decide({ dependencies: { apiKeys: secrets.keys } });
  expect([status, secrets.reads]).toEqual([200, 0]);
});

test('fails closed while the secret cannot be read, after a quarter of an hour of what was known', async () => {
  const secrets = new ApiKeySecrets();
  secrets.broken = true;
  expect(await verdict(secrets, { 'X-Api-Key': [secrets.key] })).toEqual([500, 'dependency_failed']);
  secrets.broken = false;
  secrets.now += 2;
  expect(await verdict(secrets, { 'X-Api-Key': [secrets.key] })).toEqual([200, undefined]);
  secrets.broken = true;
  secrets.now += 899;
  expect(await verdict(secrets, { 'X-Api-Key': [secrets.key] })).toEqual([200, undefined]);
  secrets.now += 2;
  expect(await verdict(secrets, { 'X-Api-Key': [secrets.key] })).toEqual([500, 'dependency_failed']);
  expect(secrets.failures).toContain('API key secret: unexpected error');
});

test('fails closed on a secret that was never rotated', async () => {
  const secrets = new ApiKeySecrets();
  secrets.versions.set(WEB, { current: 'placeholder' });
  expect(await verdict(secrets, { 'X-Api-Key': [secrets.key] })).toEqual([500, 'dependency_failed']);
});

test('writes no key into any record', async () => {
  const secrets = new ApiKeySecrets();
  for (const key of [secrets.key, freshKey()]) {
    const { lines, result } = await decide(secrets.scenario({ 'X-Api-Key': [key] }));
    expect(JSON.stringify([lines, result])).not.toContain(key.slice(0, 20));
  }
});
