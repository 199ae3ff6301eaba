import type { SecretsManagerRotationHandler } from 'aws-lambda';
import { SIGNING_KEY_ENVIRONMENT } from '../../lib/contract/signing-key';
import { requiredVariable } from '../environment';
import { SecretsManagerStore } from '../secret-store';
import { rotate, type RotationDependencies } from './rotate';

const dependencies: RotationDependencies = {
  store: new SecretsManagerStore(),
  publishedKeysSecret: requiredVariable(SIGNING_KEY_ENVIRONMENT.publishedKeysSecret),
  overlapSeconds: overlapSeconds(requiredVariable(SIGNING_KEY_ENVIRONMENT.overlapSeconds)),
  clock: Date.now,
};

/** Rotation function of the signing key secret. */
export const handler: SecretsManagerRotationHandler = async (event) => {
  await rotate(event, dependencies);
  process.stdout.write(`${JSON.stringify({ type: 'key-rotation', step: event.Step, version: event.ClientRequestToken })}\n`);
};

function overlapSeconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`${SIGNING_KEY_ENVIRONMENT.overlapSeconds} is a whole number of seconds`);
  }
  return value;
}
