import type { SecretsManagerRotationHandler } from 'aws-lambda';
import { SecretsManagerStore } from '../secret-store';
import { rotate } from './rotate';

const store = new SecretsManagerStore();

/** Rotation function of the secrets that hold the API keys of one security domain's consumers. */
export const handler: SecretsManagerRotationHandler = async (event) => {
  await rotate(event, store);
  process.stdout.write(`${JSON.stringify({ type: 'api-key-rotation', step: event.Step, version: event.ClientRequestToken })}\n`);
};
