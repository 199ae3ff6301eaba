import type { SecretsManagerRotationEvent } from 'aws-lambda';
import { SIGNING_KEY_ENVIRONMENT, type KeyRevocation } from '../../lib/contract/signing-key';
import { requiredVariable } from '../environment';
import { SecretsManagerStore } from '../secret-store';
import { revocation, revoke, type Revoked } from './revoke';
import { rotate, type RotationDependencies } from './rotate';

const signingKeySecret = requiredVariable(SIGNING_KEY_ENVIRONMENT.signingKeySecret);
const dependencies: RotationDependencies = {
  store: new SecretsManagerStore(),
  publishedKeysSecret: requiredVariable(SIGNING_KEY_ENVIRONMENT.publishedKeysSecret),
  overlapSeconds: overlapSeconds(requiredVariable(SIGNING_KEY_ENVIRONMENT.overlapSeconds)),
  clock: Date.now,
};

/** Rotation function of the signing key secret; operators invoke it to revoke a key that may have leaked. */
export const handler = async (event: SecretsManagerRotationEvent | KeyRevocation): Promise<Revoked | undefined> => {
  const requested = revocation(event);
  if (requested) {
    // Written before as well: what was begun shows, however it ends.
    write({ type: 'key-revocation', outcome: 'requested', reason: requested.reason });
    const revoked = await revoke(signingKeySecret, dependencies);
    write({ type: 'key-revocation', outcome: 'done', reason: requested.reason, ...revoked });
    return revoked;
  }
  const step = event as SecretsManagerRotationEvent;
  await rotate(step, dependencies);
  write({ type: 'key-rotation', step: step.Step, version: step.ClientRequestToken });
  return undefined;
};

function write(record: object): void {
  process.stdout.write(`${JSON.stringify(record)}\n`);
}

function overlapSeconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`${SIGNING_KEY_ENVIRONMENT.overlapSeconds} is a whole number of seconds`);
  }
  return value;
}
