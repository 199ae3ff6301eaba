import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecretsManagerStore } from '../../lambda/secret-store';
import { SecretsManagerServer } from './fixtures/secrets-manager-server';

const server = new SecretsManagerServer();
let client: SecretsManagerClient;
let store: SecretsManagerStore;

beforeAll(async () => {
  client = new SecretsManagerClient({ endpoint: await server.start(), region: 'ap-southeast-2', maxAttempts: 1, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  store = new SecretsManagerStore(client);
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});
beforeEach(() => server.create('secret', 'first'));

test('stores a current value where no version is named', async () => {
  await store.put('secret', 'second');
  expect([await store.value('secret'), await store.value('secret', { stage: 'AWSPREVIOUS' })]).toEqual(['second', 'first']);
});

test('stores a pending value and makes it current', async () => {
  const [current] = Object.keys(await store.stages('secret'));
  const pending = server.startRotation('secret');
  expect(await store.value('secret', { versionId: pending })).toBeUndefined();
  await store.put('secret', 'second', pending);
  expect(await store.value('secret')).toBe('first');
  await store.makeCurrent('secret', pending, current);
  expect(await store.value('secret')).toBe('second');
  expect((await store.stages('secret'))[current!]).toEqual(['AWSPREVIOUS']);
});

test('passes on every fault but a missing version', async () => {
  expect(await store.value('secret', { stage: 'AWSPREVIOUS' })).toBeUndefined();
  server.failNext('GetSecretValue');
  await expect(store.value('secret')).rejects.toThrow('AccessDeniedException');
});
