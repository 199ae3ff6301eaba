import { randomBytes } from 'node:crypto';
import type { SecretsManagerRotationEvent } from 'aws-lambda';
import { apiKey, isApiKey } from '../api-key-value';
import { makeCurrent, runStep, type RotatedVersion } from '../rotation-step';
import type { SecretStore } from '../secret-store';

const KEY_BYTES = 32;

/**
 * One step of a rotation of a consumer's API key; each may be repeated.
 *
 * The key that was current stays good as the previous one, so that the consumer has until the next rotation to change over.
 *
 * @throws Error where the step cannot be done; it changes nothing that is in use
 */
export function rotate(event: SecretsManagerRotationEvent, store: SecretStore): Promise<void> {
  return runStep(event, store, {
    createSecret: (version) => createKey(store, version),
    // Whoever verifies the key reads it from the secret: there is no other place to set it.
    setSecret: () => Promise.resolve(),
    testSecret: (version) => testKey(store, version),
    finishSecret: async (version) => {
      await testKey(store, version);
      await makeCurrent(store, version);
    },
  });
}

async function createKey(store: SecretStore, { secretId, versionId }: RotatedVersion): Promise<void> {
  if (await store.value(secretId, { versionId }) === undefined) {
    await store.put(secretId, apiKey(randomBytes(KEY_BYTES)), versionId);
  }
}

async function testKey(store: SecretStore, { secretId, versionId }: RotatedVersion): Promise<void> {
  if (!isApiKey(await store.value(secretId, { versionId }) ?? '')) {
    throw new Error('the pending version holds no API key');
  }
}
