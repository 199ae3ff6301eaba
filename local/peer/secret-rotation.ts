import { randomUUID } from 'node:crypto';
import { LocalRefusal } from '../local-refusal';
import type { FunctionInvoker } from '../rest-api/invocation';
import type { SecretsManager } from './secrets-manager';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

/**
 * Rotates a secret as Secrets Manager does: a pending version, then the four steps of its rotation function.
 *
 * @throws LocalRefusal where a step fails, with the function's own words
 */
export async function rotateSecret(secrets: SecretsManager, secretId: string, functions: FunctionInvoker): Promise<void> {
  const secret = secrets.secret(secretId);
  const token = randomUUID();
  secret.addPending(token);
  for (const step of STEPS) {
    const event = { Step: step, SecretId: secret.arn, ClientRequestToken: token, RotationToken: randomUUID() };
    const outcome = await functions.invoke(secret.rotationFunction ?? '', event);
    if ('error' in outcome) {
      throw new LocalRefusal('LOCAL_ROTATION', `secret ${secret.name} rotates`, `${outcome.error.errorType} in ${step}: ${outcome.error.errorMessage}`, 'a rotation function whose four steps succeed');
    }
  }
}
