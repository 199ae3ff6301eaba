import type { SecretsManagerRotationEvent } from 'aws-lambda';
import type { PublishedKey, SigningKey } from '../../lib/contract/signing-key';
import { seconds, type Clock } from '../../runtime/clock';
import { parsePublishedKeys } from '../published-key-set';
import { makeCurrent, runStep, type RotatedVersion } from '../rotation-step';
import type { SecretStore } from '../secret-store';
import { parseSigningKey } from '../signing-key-value';
import { isPair, newSigningKey, publicJwk } from './key-pair';
import { withPublished, withRetired } from './publication';

/** Everything a rotation depends on beside its event. */
export interface RotationDependencies {
  readonly store: SecretStore;
  readonly publishedKeysSecret: string;
  /** Seconds a key is published before it signs, and after another took its place. */
  readonly overlapSeconds: number;
  readonly clock: Clock;
}

type Rotation = RotationDependencies & RotatedVersion;

/**
 * One step of a rotation of the signing key (Secrets Manager calls the four in order, and each again until it succeeds).
 *
 * Each step looks at what is there and adds what is missing, so it may be repeated, or begin after a crash of itself. A public
 * key is published before the private key is stored, and stays until the last token signed with it has expired.
 *
 * @throws Error where the step cannot be done; it changes nothing that is in use
 */
export function rotate(event: SecretsManagerRotationEvent, dependencies: RotationDependencies): Promise<void> {
  const on = (step: (rotation: Rotation) => Promise<void>) => (version: RotatedVersion) => step({ ...dependencies, ...version });
  return runStep(event, dependencies.store, { createSecret: on(createSecret), setSecret: on(setSecret), testSecret: on(testSecret), finishSecret: on(finishSecret) });
}

async function createSecret(rotation: Rotation): Promise<void> {
  const { store, secretId, versionId, clock, overlapSeconds } = rotation;
  const pending = await pendingKey(rotation);
  const current = await currentKey(rotation);
  if (pending) {
    await publish(rotation, [...current ? [current] : [], pending]);
    return;
  }
  if (current?.notBefore !== undefined && current.notBefore > seconds(clock)) {
    throw new Error('the key of the last rotation does not sign yet');
  }
  // No verifier knows a key before the first, so the first need not wait.
  const key = newSigningKey(seconds(clock) + (current ? overlapSeconds : 0));
  await publish(rotation, [...current ? [current] : [], key]);
  await store.put(secretId, JSON.stringify(key), versionId);
}

async function setSecret(rotation: Rotation): Promise<void> {
  await publish(rotation, [await requiredPendingKey(rotation)]);
}

async function testSecret(rotation: Rotation): Promise<void> {
  const pending = await requiredPendingKey(rotation);
  const published = (await publishedKeys(rotation)).find(({ kid }) => kid === pending.kid);
  if (!published || !isPair(pending, published)) {
    throw new Error('the published key does not verify what the pending key signs');
  }
}

async function finishSecret(rotation: Rotation): Promise<void> {
  const { store, clock, overlapSeconds } = rotation;
  await testSecret(rotation);
  const key = await requiredPendingKey(rotation);
  await makeCurrent(store, rotation);
  await replacePublished(rotation, (published) => withRetired(published, key, seconds(clock), overlapSeconds));
}

/** Key of the version that the rotation makes current; undefined where it has not been stored yet. */
async function pendingKey({ store, secretId, versionId }: Rotation): Promise<SigningKey | undefined> {
  const value = await store.value(secretId, { versionId });
  return value === undefined ? undefined : parseSigningKey(value);
}

async function requiredPendingKey(rotation: Rotation): Promise<SigningKey> {
  const key = await pendingKey(rotation);
  if (!key || publicJwk(key.privateKey).kid !== key.kid) {
    throw new Error('the pending version holds no signing key');
  }
  return key;
}

async function currentKey({ store, secretId }: Rotation): Promise<SigningKey | undefined> {
  return parseSigningKey(await store.value(secretId, { stage: 'AWSCURRENT' }) ?? '');
}

function publish(rotation: Rotation, keys: readonly SigningKey[]): Promise<void> {
  return replacePublished(rotation, (published) => withPublished(published, keys, seconds(rotation.clock)));
}

/** The public keys that are published now. */
export async function publishedKeys({ store, publishedKeysSecret }: RotationDependencies): Promise<readonly PublishedKey[]> {
  // The placeholder of a secret that was never written to holds no keys.
  return parsePublishedKeys(await store.value(publishedKeysSecret) ?? '') ?? [];
}

/** Changes the published keys, where there is anything to change. */
export async function replacePublished(rotation: RotationDependencies, change: (published: readonly PublishedKey[]) => readonly PublishedKey[]): Promise<void> {
  const published = await publishedKeys(rotation);
  const changed = change(published);
  const byKid = (a: PublishedKey, b: PublishedKey): number => a.kid < b.kid ? -1 : 1;
  const text = JSON.stringify({ keys: [...changed].sort(byKid) });
  if (text !== JSON.stringify({ keys: [...published].sort(byKid) })) {
    await rotation.store.put(rotation.publishedKeysSecret, text);
  }
}
