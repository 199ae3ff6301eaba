import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerRotationEventStep } from 'aws-lambda';
import { isApiKey } from '../../../lambda/api-key-value';
import { rotate } from '../../../lambda/api-key-rotation/rotate';
import { SecretsManagerStore } from '../../../lambda/secret-store';
import { SecretsManagerServer } from '../fixtures/secrets-manager-server';

const SECRET = 'Test/partner/acme/api-key';
const STEPS: readonly SecretsManagerRotationEventStep[] = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

const server = new SecretsManagerServer();
let client: SecretsManagerClient;

beforeAll(async () => {
  client = new SecretsManagerClient({ endpoint: await server.start(), region: 'ap-southeast-2', maxAttempts: 1, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});
beforeEach(() => server.create(SECRET, 'placeholder'));

function step(name: string, version: string): Promise<void> {
  return rotate({ Step: name as SecretsManagerRotationEventStep, SecretId: SECRET, ClientRequestToken: version }, new SecretsManagerStore(client));
}

/** A whole rotation; each step again until it succeeds, as Secrets Manager does. */
async function rotation(): Promise<string> {
  const version = server.startRotation(SECRET);
  for (const name of STEPS) {
    await step(name, version).catch(() => step(name, version));
  }
  return server.value(SECRET)!;
}

test('replaces the placeholder with a key, and each key with another', async () => {
  const [first, second] = [await rotation(), await rotation()];
  expect([first, second].map(isApiKey)).toEqual([true, true]);
  expect(second).not.toBe(first);
  expect(server.value(SECRET, 'AWSPREVIOUS')).toBe(first);
});

test('forgets a key that two rotations replaced', async () => {
  const leaked = await rotation();
  await rotation();
  await rotation();
  expect([server.value(SECRET), server.value(SECRET, 'AWSPREVIOUS')]).not.toContain(leaked);
});

test.each([['PutSecretValue', 'before'], ['PutSecretValue', 'after'], ['UpdateSecretVersionStage', 'before'], ['UpdateSecretVersionStage', 'after'], ['GetSecretValue', 'before'], ['DescribeSecret', 'before']] as const)(
  'ends in one new key when %s fails, %s it was done', async (operation, when) => {
    const first = await rotation();
    server.failNext(operation, when);
    const second = await rotation();
    expect([isApiKey(second), second === first, server.value(SECRET, 'AWSPREVIOUS')]).toEqual([true, false, first]);
  },
);

test('makes nothing current that is no key', async () => {
  const first = await rotation();
  const version = server.startRotation(SECRET);
  await expect(step('finishSecret', version)).rejects.toThrow('the pending version holds no API key');
  await client.send(new PutSecretValueCommand({ SecretId: SECRET, SecretString: 'guessable', ClientRequestToken: version, VersionStages: ['AWSPENDING'] }));
  await expect(step('finishSecret', version)).rejects.toThrow('the pending version holds no API key');
  expect(server.value(SECRET)).toBe(first);
});

test('refuses a step that does not exist, and a version that does not', async () => {
  await expect(step('constructor', server.startRotation(SECRET))).rejects.toThrow('unknown rotation step');
  await expect(step('createSecret', 'none')).rejects.toThrow('no such version');
});
