import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerRotationEventStep } from 'aws-lambda';
import { isPair, publicJwk } from '../../../lambda/key-rotation/key-pair';
import { rotate } from '../../../lambda/key-rotation/rotate';
import { SecretsManagerStore } from '../../../lambda/secret-store';
import type { PublishedKey, SigningKey } from '../../../lib/contract/signing-key';
import { SecretsManagerServer } from '../fixtures/secrets-manager-server';

const SIGNING = 'signing-key', PUBLISHED = 'published-keys', OVERLAP = 3600;
const STEPS: readonly SecretsManagerRotationEventStep[] = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

const server = new SecretsManagerServer();
let client: SecretsManagerClient;
let now: number;

beforeAll(async () => {
  client = new SecretsManagerClient({ endpoint: await server.start(), region: 'ap-southeast-2', maxAttempts: 1, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});
beforeEach(() => {
  now = 1_800_000_000;
  server.create(SIGNING, 'to be rotated');
  server.create(PUBLISHED, 'to be rotated');
  server.requests.length = 0;
});

function step(name: string, version: string): Promise<void> {
  const dependencies = { store: new SecretsManagerStore(client), publishedKeysSecret: PUBLISHED, overlapSeconds: OVERLAP, clock: () => now * 1000 };
  return rotate({ Step: name as SecretsManagerRotationEventStep, SecretId: SIGNING, ClientRequestToken: version }, dependencies);
}

/** A whole rotation; each step again until it succeeds, as Secrets Manager does. */
async function rotation(): Promise<SigningKey> {
  const version = server.startRotation(SIGNING);
  for (const name of STEPS) {
    await step(name, version).catch(() => step(name, version));
  }
  return signingKey();
}

const signingKey = (stage?: string): SigningKey => JSON.parse(server.value(SIGNING, stage) ?? '{}') as SigningKey;
const published = (): readonly PublishedKey[] => (JSON.parse(server.value(PUBLISHED) ?? '{}') as { keys: PublishedKey[] }).keys;
const publishedKids = (): readonly string[] => published().map(({ kid }) => kid).sort();

test('replaces the placeholder with a key that signs at once', async () => {
  const key = await rotation();
  expect(key).toMatchObject({ alg: 'ES256', notBefore: now, kid: publicJwk(key.privateKey).kid });
  expect(published()).toEqual([publicJwk(key.privateKey)]);
  expect(isPair(key, published()[0]!)).toBe(true);
});

test('publishes a new key for the overlap before it signs, and an old one for the overlap after that', async () => {
  const first = await rotation();
  now += 86_400;
  const second = await rotation();
  expect(second.notBefore).toBe(now + OVERLAP);
  expect(signingKey('AWSPREVIOUS')).toEqual(first);
  expect(published().find(({ kid }) => kid === first.kid)?.exp).toBe(now + OVERLAP + OVERLAP);
  expect(published().find(({ kid }) => kid === second.kid)?.exp).toBeUndefined();
  now += 86_400;
  const third = await rotation();
  expect(publishedKids()).toEqual([second.kid, third.kid].sort());
});

test('publishes a key before it stores it', async () => {
  const version = server.startRotation(SIGNING);
  await step('createSecret', version);
  const puts = server.requests.filter(({ operation }) => operation === 'PutSecretValue').map(({ body }) => (JSON.parse(body) as { SecretId: string }).SecretId);
  expect(puts).toEqual([PUBLISHED, SIGNING]);
});

test('changes nothing when a step is repeated', async () => {
  await rotation();
  now += 86_400;
  server.requests.length = 0;
  const version = server.startRotation(SIGNING);
  for (const name of STEPS) {
    await step(name, version);
    const before = [server.value(SIGNING, 'AWSPENDING'), server.value(SIGNING), server.value(PUBLISHED)];
    await step(name, version);
    expect([server.value(SIGNING, 'AWSPENDING'), server.value(SIGNING), server.value(PUBLISHED)]).toEqual(before);
  }
  expect(server.requests.filter(({ operation }) => operation === 'UpdateSecretVersionStage')).toHaveLength(1);
});

const CALLS = ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'] as const;
test.each(CALLS.flatMap((call) => (['before', 'after'] as const).map((when) => [call, when] as const)))('survives a crash at %s, %s it took effect', async (call, when) => {
  const first = await rotation();
  now += 86_400;
  server.failNext(call, when);
  const second = await rotation();
  expect(second.kid).not.toBe(first.kid);
  expect(publishedKids()).toEqual(expect.arrayContaining([first.kid, second.kid]));
  expect(isPair(second, published().find(({ kid }) => kid === second.kid)!)).toBe(true);
});

test('retires the old key when the last step crashed after the new one became current', async () => {
  const first = await rotation();
  now += 86_400;
  const version = server.startRotation(SIGNING);
  for (const name of STEPS.slice(0, 3)) {
    await step(name, version);
  }
  server.failNext('UpdateSecretVersionStage', 'after');
  await expect(step('finishSecret', version)).rejects.toThrow();
  expect(published().find(({ kid }) => kid === first.kid)?.exp).toBeUndefined();
  await step('finishSecret', version);
  expect(published().find(({ kid }) => kid === first.kid)?.exp).toBeDefined();
});

test('never has a current key that is not published', async () => {
  await rotation();
  now += 86_400;
  const version = server.startRotation(SIGNING);
  for (const name of STEPS) {
    await step(name, version);
    expect(publishedKids()).toContain(signingKey().kid);
  }
});

test('refuses to finish with a key that is not published', async () => {
  const version = server.startRotation(SIGNING);
  await step('createSecret', version);
  server.create(PUBLISHED, '{"keys":[]}');
  await expect(step('testSecret', version)).rejects.toThrow('does not verify');
  await expect(step('finishSecret', version)).rejects.toThrow('does not verify');
  await step('setSecret', version);
  await expect(step('finishSecret', version)).resolves.toBeUndefined();
});

test('publishes the current key again where the published keys were lost', async () => {
  const first = await rotation();
  server.create(PUBLISHED, 'lost');
  now += 86_400;
  const second = await rotation();
  expect(publishedKids()).toEqual([first.kid, second.kid].sort());
});

test('refuses to rotate while the last key does not sign yet', async () => {
  await rotation();
  now += 86_400;
  await rotation();
  now += OVERLAP - 1;
  await expect(step('createSecret', server.startRotation(SIGNING))).rejects.toThrow('does not sign yet');
  now += 1;
  await expect(step('createSecret', server.startRotation(SIGNING))).resolves.toBeUndefined();
});

test('retires the key of a rotation that was given up', async () => {
  const abandoned = server.startRotation(SIGNING);
  await step('createSecret', abandoned);
  const [lost] = publishedKids();
  const key = await rotation();
  expect(published().find(({ kid }) => kid === lost)?.exp).toBe(now + OVERLAP);
  await expect(step('setSecret', abandoned)).rejects.toThrow('not pending');
  expect(key.kid).not.toBe(lost);
});

test('refuses a version that is not there and a step that is not known', async () => {
  const version = server.startRotation(SIGNING);
  await expect(step('createSecret', version)).resolves.toBeUndefined();
  await expect(step('createSecret', 'other')).rejects.toThrow('no such version');
  await expect(step('toString', version)).rejects.toThrow('unknown rotation step');
});

test('refuses a pending version that holds no key', async () => {
  const version = server.startRotation(SIGNING);
  await new SecretsManagerStore(client).put(SIGNING, 'not a key', version);
  await expect(step('setSecret', version)).rejects.toThrow('holds no signing key');
});
