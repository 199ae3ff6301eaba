import { SigningKeys } from '../../../lambda/authorizer/signing-keys';
import { newSigningKey } from '../../../lambda/key-rotation/key-pair';
import type { SigningKey } from '../../../lib/contract/signing-key';

/** A signing key secret whose versions tests change, on a clock that tests move. */
function secret(current: SigningKey | string, previous?: SigningKey) {
  const state = { now: 1000, current, previous, reads: 0, broken: false };
  const keys = new SigningKeys(async (stage) => {
    state.reads += 1;
    if (state.broken) {
      throw new Error('down');
    }
    const value = stage === 'AWSCURRENT' ? state.current : state.previous;
    return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
  }, () => state.now * 1000);
  return { state, kid: async () => (await keys.signer()).kid };
}

test('reads the key once in a minute', async () => {
  const [first, second] = [newSigningKey(0), newSigningKey(0)];
  const { state, kid } = secret(first);
  expect(await kid()).toBe(first.kid);
  state.current = second;
  state.now += 59;
  expect(await kid()).toBe(first.kid);
  state.now += 1;
  expect(await kid()).toBe(second.kid);
  expect(state.reads).toBe(2);
});

test('signs with the previous key until the new one has been published for long enough', async () => {
  const [previous, current] = [newSigningKey(0), newSigningKey(1200)];
  const { state, kid } = secret(current, previous);
  expect(await kid()).toBe(previous.kid);
  state.now = 1199;
  expect(await kid()).toBe(previous.kid);
  state.now = 1200;
  expect(await kid()).toBe(current.kid);
});

test('signs with the current key where there is no previous one', async () => {
  const current = newSigningKey(1200);
  expect(await secret(current).kid()).toBe(current.kid);
});

test('signs through an outage of the secret, for a quarter of an hour and no longer', async () => {
  const key = newSigningKey(0);
  const { state, kid } = secret(key);
  await kid();
  state.broken = true;
  state.now += 899;
  expect(await kid()).toBe(key.kid);
  state.now += 1;
  await expect(kid()).rejects.toThrow('signing key secret');
});

const sound = newSigningKey(0);
test.each<[string, SigningKey | string]>([
  ['the placeholder', 'to be rotated'],
  ['an empty object', '{}'],
  ['a key of another kind', { ...sound, privateKey: 'x' }],
  ['a key without an id', { ...sound, kid: '' }],
])('fails closed on %s', async (_title, flawed) => {
  await expect(secret(sound).kid()).resolves.toBe(sound.kid);
  await expect(secret(flawed).kid()).rejects.toThrow('holds no signing key');
});
