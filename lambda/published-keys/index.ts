import type { APIGatewayProxyHandler } from 'aws-lambda';
import { SIGNING_KEY_ENVIRONMENT } from '../../lib/contract/signing-key';
import { requiredVariable } from '../environment';
import { SecretsManagerStore } from '../secret-store';
import { PublishedKeysEndpoint } from './published-keys-endpoint';

const secret = requiredVariable(SIGNING_KEY_ENVIRONMENT.publishedKeysSecret);
const store = new SecretsManagerStore();
const endpoint = new PublishedKeysEndpoint(
  () => store.value(secret),
  Date.now,
  ({ message }) => process.stdout.write(`${JSON.stringify({ type: 'dependency', detail: message })}\n`),
);

/** GET /.well-known/jwks.json behind API Gateway. */
export const handler: APIGatewayProxyHandler = () => endpoint.answer();
