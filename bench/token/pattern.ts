import { constants, randomUUID, sign, verify } from 'node:crypto';
import type { SignatureAlgorithm } from '../../runtime/verification-key';
import { ApiKeys } from '../../lambda/authorizer/api-keys';
import { AuditLog } from '../../lambda/authorizer/audit-log';
import { authorize, type AuthorizerDependencies } from '../../lambda/authorizer/authorize';
import { verifyAccessToken } from '../../lambda/authorizer/access-token';
import { GatewayRequest } from '../../lambda/authorizer/gateway-request';
import { SigningKeys } from '../../lambda/authorizer/signing-keys';
import { trustTokenClaims } from '../../lambda/authorizer/trust-token';
import { RemoteKeys } from '../../runtime/remote-keys';
import { accessTokens, events, JWKS, POLICY, publicKey, TRUST_KEY, TRUST_KEY_PEM, trustClaims } from './credentials';
import type { Subject } from './subject';

const { issuer } = POLICY.accessToken;
const document = Buffer.from(JSON.stringify({ keys: JWKS.keys }));
const signingKey = JSON.stringify({ kid: 'trust-1', alg: 'ES256', privateKey: TRUST_KEY_PEM });

/** What the deployed handler is made of, with documents and secret at hand and records that go nowhere. */
export const dependencies: AuthorizerDependencies = {
  configuration: POLICY,
  keys: new RemoteKeys({ issuer, jwksUri: `${issuer}/keys`, read: async () => document, clock: Date.now }),
  signer: signerOf(new SigningKeys(async () => signingKey, Date.now)),
  apiKeys: new ApiKeys(() => async () => undefined, Date.now),
  audit: new AuditLog({ environment: POLICY.environment, securityDomain: POLICY.securityDomain }, () => undefined, Date.now),
  clock: Date.now,
  newTransaction: randomUUID,
  parameters: () => undefined,
};

function signerOf(keys: SigningKeys): AuthorizerDependencies['signer'] {
  return () => keys.signer();
}

/** The least that has to be done: one verification and one signature with parsed keys, nothing read and nothing written. */
export function raw(alg: SignatureAlgorithm): Subject {
  const key = alg === 'PS256' ? { key: publicKey(alg), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : publicKey(alg);
  const inputs = accessTokens(alg).map((token) => {
    const [header, payload, signature = ''] = token.split('.');
    const input = Buffer.from(`${header}.${payload}`);
    // In DER, which node:crypto verifies faster than what a token holds.
    return { input, signature: alg === 'ES256' ? der(Buffer.from(signature, 'base64url')) : Buffer.from(signature, 'base64url') };
  });
  const minted = Buffer.from(JSON.stringify(trustClaims('user-1', Number.MAX_SAFE_INTEGER)).padEnd(1000));
  const digest = alg === 'EdDSA' ? null : 'sha256';
  return {
    name: 'node:crypto',
    perform: (index) => {
      const { input, signature } = inputs[index % inputs.length]!;
      if (!verify(digest, input, key, signature)) throw new Error('not verified');
      return sign('sha256', minted, TRUST_KEY);
    },
  };
}

/** The path of a token through the authorizer: verified with every check, exchanged for a trust token. */
export function path(alg: SignatureAlgorithm): Subject {
  const [operation] = Object.values(POLICY.operations);
  const client = POLICY.clients['web-app'];
  const tokens = accessTokens(alg);
  const [event] = events(alg);
  const request = new GatewayRequest(event!);
  return {
    name: 'this pattern',
    perform: async (index) => {
      const now = Math.floor(Date.now() / 1000);
      const token = await verifyAccessToken(tokens[index % tokens.length]!, POLICY.accessToken, dependencies.keys, now);
      const signer = await dependencies.signer();
      return signer.sign(trustTokenClaims({ request, operation: operation!, client: client!, token, scopes: ['accounts.read'] }, POLICY, '97053963-771d-49cc-a4e3-20aad399c312', now));
    },
  };
}

/** The whole warm handler: event in, records, policy and token out. */
export function handler(alg: SignatureAlgorithm): Subject {
  const incoming = events(alg);
  return { name: 'this pattern', perform: (index) => authorize(incoming[index % incoming.length]!, dependencies) };
}

function der(signature: Buffer): Buffer {
  const integers = [signature.subarray(0, 32), signature.subarray(32)].map((coordinate) => {
    const magnitude = Buffer.from(coordinate.toString('hex').replace(/^(00)+/, ''), 'hex');
    const content = (magnitude[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), magnitude]) : magnitude;
    return Buffer.concat([Buffer.from([2, content.length]), content]);
  });
  const content = Buffer.concat(integers);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}
