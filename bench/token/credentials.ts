import { generateKeyPairSync } from 'node:crypto';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { CONFIGURATION, CLAIMS, requestEvent } from '../../test/lambda/fixtures/authorizer';
import { JWKS, KEYS, signed } from '../../test/lambda/fixtures/issuer';
import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import type { SignatureAlgorithm } from '../../runtime/verification-key';

export { JWKS };

/** Tokens of one run; enough that nothing measured could remember one. */
const TOKENS = 64;

const now = Math.floor(Date.now() / 1000);
const roles = Array.from({ length: 24 }, (_, index) => `bank:accounts:retail:role-${index}`);

export const POLICY: AuthorizerConfiguration = CONFIGURATION;

/** The key that issuers of these benchmarks sign with, by algorithm, and its id. */
export const ISSUER_KEYS: Readonly<Record<SignatureAlgorithm, 'rsa' | 'ec' | 'ed25519'>> = { RS256: 'rsa', PS256: 'rsa', ES256: 'ec', EdDSA: 'ed25519' };

export function publicKey(alg: SignatureAlgorithm) {
  return KEYS[ISSUER_KEYS[alg]].publicKey;
}

/** What signs the trust tokens. */
export const TRUST_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
export const TRUST_KEY_PEM = TRUST_KEY.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Access tokens of about 1.6 KB, as issuers with roles and profile claims write them. */
export function accessTokens(alg: SignatureAlgorithm): readonly string[] {
  return Array.from({ length: TOKENS }, (_, index) => signed({
    ...CLAIMS, jti: `token-${index}`, sub: `user-${index}`, iat: now - 10, exp: now + 280, acr: 'high', amr: ['pwd', 'otp'], auth_time: now - 60, roles,
  }, { alg }));
}

/** Claims of a trust token, for peers that have no pattern to take them from. */
export function trustClaims(sub: string, expiresAt: number) {
  return {
    iss: POLICY.trustIssuer, iat: now, exp: Math.min(now + 60, expiresAt), aud: POLICY.trustDomain, txn: '97053963-771d-49cc-a4e3-20aad399c312', sub,
    scope: 'accounts.read', req_wl: 'gateway.public.test.bank.example',
    rctx: { req_ip: '198.51.100.7', authn: 'urn:ietf:rfc:6749', client_id: 'web-app', consumer: 'Web', client_type: 'browser', subject_type: 'user', acr: 'high', amr: ['pwd', 'otp'], auth_time: now - 60 },
    tctx: { environment: 'Test', security_domain: 'public', group: 'accounts', service: 'accounts', operation: 'getAccount', method: 'GET', resource: '/accounts/{id}' },
  };
}

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  Accept: ['application/json'], 'Accept-Encoding': ['gzip, deflate, br'], 'Accept-Language': ['en-AU,en;q=0.9'], Host: ['api.test.bank.example'],
  Origin: ['https://app.bank.example'], Referer: ['https://app.bank.example/'], 'Sec-Fetch-Mode': ['cors'], 'User-Agent': ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  'X-Amzn-Trace-Id': ['Root=1-67891233-abcdef012345678912345678'], 'X-Forwarded-For': ['198.51.100.7'], 'X-Forwarded-Port': ['443'], 'X-Forwarded-Proto': ['https'],
};

/** Authorizer events as a browser behind the gateway makes them, one a token. */
export function events(alg: SignatureAlgorithm): readonly APIGatewayRequestAuthorizerEvent[] {
  return accessTokens(alg).map((token) => requestEvent({ headers: { ...HEADERS, Authorization: [`Bearer ${token}`] } }));
}
