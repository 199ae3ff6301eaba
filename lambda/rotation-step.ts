import type { SecretsManagerRotationEvent, SecretsManagerRotationEventStep } from 'aws-lambda';
import type { SecretStore } from './secret-store';

/** One rotation: which secret, and the version that becomes current. */
export interface RotatedVersion {
  readonly secretId: string;
  readonly versionId: string;
}

/** What each of the four steps of a rotation does. */
export type RotationSteps = Readonly<Record<SecretsManagerRotationEventStep, (version: RotatedVersion) => Promise<void>>>;

/**
 * Runs the step that an event names, where there is anything left to do.
 *
 * @throws Error where the secret has no such version, or the version is not pending
 */
export async function runStep(event: SecretsManagerRotationEvent, store: SecretStore, steps: RotationSteps): Promise<void> {
  const { SecretId: secretId, ClientRequestToken: versionId, Step: name } = event;
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
  const stages = (await store.stages(secretId))[versionId];
  if (!step || !stages) {
    throw new Error(step ? 'the secret has no such version to rotate to' : 'unknown rotation step');
  }
  const current = stages.includes('AWSCURRENT');
  if (!current && !stages.includes('AWSPENDING')) {
    throw new Error('the version is not pending');
  }
  // Only the last step has anything left to do once the version is current.
  if (!current || step === steps.finishSecret) {
    await step({ secretId, versionId });
  }
}

/** Makes a version current; the one that was becomes the previous one. */
export async function makeCurrent(store: SecretStore, { secretId, versionId }: RotatedVersion): Promise<void> {
  const stages = await store.stages(secretId);
  const previous = Object.keys(stages).find((id) => stages[id]?.includes('AWSCURRENT'));
  if (previous !== versionId) {
    await store.makeCurrent(secretId, versionId, previous);
  }
}
