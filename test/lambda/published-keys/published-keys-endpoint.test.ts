import { newSigningKey, publicJwk } from '../../../lambda/key-rotation/key-pair';
import { PublishedKeysEndpoint } from '../../../lambda/published-keys/published-keys-endpoint';
import { SECURITY_HEADERS } from '../../../lib/contract/security-headers';

const key = publicJwk(newSigningKey(0).privateKey);

/** A published keys secret that tests change, on a clock that tests move. */
function endpoint(value: string | undefined) {
  const state = { now: 1000, value, reads: 0 };
  const keys = new PublishedKeysEndpoint(async () => {
    state.reads += 1;
    if (state.value === 'broken') {
      throw new Error('AccessDenied on arn:aws:secretsmanager');
    }
    return state.value;
  }, () => state.now * 1000);
  return { state, answer: () => keys.answer() };
}

test('serves the keys to caches and verifiers', async () => {
  expect(await endpoint(JSON.stringify({ keys: [key] })).answer()).toEqual({
    statusCode: 200,
    headers: { ...SECURITY_HEADERS, 'Content-Type': 'application/jwk-set+json', 'Cache-Control': 'public, max-age=120' },
    body: JSON.stringify({ keys: [key] }),
  });
});

test('serves nothing private, whatever got into the secret', async () => {
  const { body } = await endpoint(JSON.stringify({ keys: [{ ...key, d: 'private' }], privateKey: 'private' })).answer();
  expect(JSON.parse(body)).toEqual({ keys: [key] });
});

test('serves no key that expired', async () => {
  const other = publicJwk(newSigningKey(0).privateKey);
  const { state, answer } = endpoint(JSON.stringify({ keys: [key, { ...other, exp: 1010 }] }));
  expect(JSON.parse((await answer()).body)).toMatchObject({ keys: [{ kid: key.kid }, { kid: other.kid }] });
  state.now = 1010;
  expect(JSON.parse((await answer()).body)).toEqual({ keys: [key] });
});

test.each(['broken', 'to be rotated', '{"keys":[]}', undefined])('answers 503 without a reason where the secret is %j', async (value) => {
  expect((await endpoint(JSON.stringify({ keys: [key] })).answer()).statusCode).toBe(200);
  const { statusCode, headers, body } = await endpoint(value).answer();
  expect({ statusCode, headers }).toMatchObject({ statusCode: 503, headers: { ...SECURITY_HEADERS, 'Content-Type': 'application/problem+json' } });
  expect(JSON.parse(body)).toEqual({ status: 503, title: 'Service Unavailable', detail: 'The service cannot answer at the moment.' });
});

test('reads seldom, and serves through an outage', async () => {
  const { state, answer } = endpoint(JSON.stringify({ keys: [key] }));
  await Promise.all([answer(), answer()]);
  state.now += 23;
  await answer();
  expect(state.reads).toBe(1);
  state.value = 'broken';
  state.now += 7;
  expect((await answer()).statusCode).toBe(200);
  expect(state.reads).toBe(2);
});
