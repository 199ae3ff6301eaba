import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { createRemoteJWKSet, type CryptoKey, importPKCS8, jwtVerify, SignJWT } from 'jose';
import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration.js';

const configuration = JSON.parse(readFileSync(join(__dirname, 'configuration.json'), 'utf8')) as AuthorizerConfiguration;
const { issuer, audience, jwksUri = '' } = configuration.accessToken;
const keys = createRemoteJWKSet(new URL(jwksUri));
const secrets = new SecretsManagerClient({});
let signing: Promise<{ readonly key: CryptoKey; readonly kid: string }> | undefined;

async function signingKey() {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: process.env.SIGNING_KEY_SECRET_ARN }));
  const { privateKey, kid } = JSON.parse(SecretString) as { privateKey: string; kid: string };
  return { key: await importPKCS8(privateKey, 'ES256'), kid };
}

/** The authorizer as it is written with jose and the SDK client. */
export async function authorizeWithJose(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  signing ??= signingKey();
  const token = /^bearer +(\S+)$/i.exec(event.headers?.Authorization ?? '')?.[1] ?? '';
  const [{ payload }, { key, kid }] = await Promise.all([jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt' }), signing]);
  const trustToken = await new SignJWT({ sub: payload.sub, scope: payload.scope, aud: configuration.trustDomain })
    .setProtectedHeader({ alg: 'ES256', typ: 'txntoken+jwt', kid }).setIssuedAt().setExpirationTime('60s').sign(key);
  return {
    principalId: payload.sub ?? '',
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }] },
    context: { trustToken },
  };
}
export const handler = authorizeWithJose;
