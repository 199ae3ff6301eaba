import type { APIGatewayProxyHandler } from 'aws-lambda';
import { SIGNING_KEY_ENVIRONMENT } from '../../lib/contract/signing-key';
import { requiredVariable } from '../environment';
import { SecretsManagerStore } from '../secret-store';
import { kmsPublishedKeys } from './kms-published-keys';
import { PublishedKeysEndpoint } from './published-keys-endpoint';

const keyArns = process.env[SIGNING_KEY_ENVIRONMENT.publishedKeyArns];
const endpoint = new PublishedKeysEndpoint(
  publishedKeys(keyArns),
  Date.now,
  ({ message }) => process.stdout.write(`${JSON.stringify({ type: 'dependency', detail: message })}\n`),
  keyArns ? 0 : 1,
);

/** GET /.well-known/jwks.json behind API Gateway. */
export const handler: APIGatewayProxyHandler = () => endpoint.answer();

function publishedKeys(keyArns: string | undefined): () => Promise<string | undefined> {
  if (keyArns) {
    return kmsPublishedKeys(keyArns.split(' '), process.env, Date.now);
  }
  const secret = requiredVariable(SIGNING_KEY_ENVIRONMENT.publishedKeysSecret);
  const store = new SecretsManagerStore();
  return () => store.value(secret);
}
