import { createPublicKey, randomUUID, sign as signBytes } from 'node:crypto';
import { JwtVerifier } from 'aws-jwt-verify';
import { createSigner, createVerifier } from 'fast-jwt';
import * as jsonwebtoken from 'jsonwebtoken';
import type { SignatureAlgorithm } from '../../runtime/verification-key';
import { accessTokens, events, ISSUER_KEYS, JWKS, POLICY, publicKey, TRUST_KEY, TRUST_KEY_PEM, trustClaims } from './credentials';
import type { Subject } from './subject';

/** What a peer's verification gives. */
interface Verified {
  readonly sub?: string;
  readonly exp?: number;
  readonly client_id?: unknown;
  readonly scope?: unknown;
}

/** A library with those checks of RFC 9068 switched on that it has options for, and with keys parsed in advance where it takes them. */
interface Peer {
  readonly name: string;
  readonly algorithms: readonly SignatureAlgorithm[];
  verifier(alg: SignatureAlgorithm): Promise<(token: string) => Verified | Promise<Verified>>;
  signer(): Promise<(claims: object) => string | Promise<string>>;
}

const { issuer, audience } = POLICY.accessToken;
const HEADER = { alg: 'ES256', typ: 'txntoken+jwt', kid: 'trust-1' } as const;
const REQUIRED = ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'client_id'];
const MAX_AGE_SECONDS = 300;
const ALL = ['RS256', 'ES256', 'EdDSA', 'PS256'] as const;

const PEERS: readonly Peer[] = [
  {
    name: 'jose',
    algorithms: ALL,
    verifier: async (alg) => {
      const { createLocalJWKSet, jwtVerify } = await import('jose');
      const keys = createLocalJWKSet({ keys: JWKS.keys.filter(({ kid }) => kid !== 'weakRsa') as never });
      return async (token) => (await jwtVerify(token, keys, { issuer, audience, algorithms: [alg], typ: 'at+jwt', requiredClaims: REQUIRED, maxTokenAge: MAX_AGE_SECONDS, clockTolerance: 5 })).payload;
    },
    signer: async () => {
      const { importPKCS8, SignJWT } = await import('jose');
      const key = await importPKCS8(TRUST_KEY_PEM, 'ES256');
      return (claims) => new SignJWT(claims as never).setProtectedHeader(HEADER).sign(key);
    },
  },
  {
    name: 'aws-jwt-verify + crypto.sign',
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    verifier: async (alg) => {
      const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}/keys` });
      verifier.cacheJwks({ keys: [{ ...publicKey(alg).export({ format: 'jwk' }), kid: ISSUER_KEYS[alg], alg, use: 'sig' } as never] });
      return (token) => verifier.verifySync(token) as Verified;
    },
    signer: async () => {
      const header = Buffer.from(JSON.stringify(HEADER)).toString('base64url');
      return (claims) => {
        const input = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
        return `${input}.${signBytes('sha256', Buffer.from(input), { key: TRUST_KEY, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
      };
    },
  },
  {
    name: 'fast-jwt',
    algorithms: ALL,
    verifier: async (alg) => createVerifier({ key: pem(alg), algorithms: [alg], allowedIss: issuer, allowedAud: audience, checkTyp: 'at+jwt', requiredClaims: REQUIRED, maxAge: MAX_AGE_SECONDS * 1000, clockTolerance: 5000, cache: false }) as (token: string) => Verified,
    signer: async () => createSigner({ key: TRUST_KEY_PEM, algorithm: 'ES256', kid: HEADER.kid, header: HEADER }) as (claims: object) => string,
  },
  {
    name: 'jsonwebtoken',
    algorithms: ['RS256', 'ES256', 'PS256'],
    verifier: async (alg) => {
      const key = createPublicKey(pem(alg));
      return (token) => jsonwebtoken.verify(token, key, { issuer, audience, algorithms: [alg as jsonwebtoken.Algorithm], maxAge: MAX_AGE_SECONDS, clockTolerance: 5 }) as Verified;
    },
    signer: async () => (claims) => jsonwebtoken.sign(claims, TRUST_KEY, { algorithm: 'ES256', header: HEADER }),
  },
];

/** Verify and mint with each library that knows the algorithm. */
export function peers(alg: SignatureAlgorithm): Promise<readonly Subject[]> {
  const tokens = accessTokens(alg);
  return subjects(alg, (verify, mint) => {
    const exchange = ({ sub = '', exp = 0 }: Verified) => mint(trustClaims(sub, exp));
    return (index) => {
      const verified = verify(tokens[index % tokens.length]!);
      return verified instanceof Promise ? verified.then(exchange) : exchange(verified);
    };
  });
}

/** A handler written with each library: it finds the token, looks up client and scope, logs before and after, and answers with a policy. */
export function peerHandlers(alg: SignatureAlgorithm): Promise<readonly Subject[]> {
  const incoming = events(alg);
  return subjects(alg, (verify, mint) => async (index) => {
    const event = incoming[index % incoming.length]!;
    const known = { type: 'authorization', txn: randomUUID(), method: event.httpMethod, resource: event.resource, sourceIp: event.requestContext.identity.sourceIp };
    log({ ...known, time: new Date().toISOString(), outcome: 'requested' });
    const token = /^bearer +(\S+)$/i.exec(event.headers?.Authorization ?? '')?.[1] ?? '';
    const { sub = '', exp = 0, client_id: clientId, scope } = await verify(token);
    const client = POLICY.clients[String(clientId)];
    const operation = POLICY.operations[`${event.stageVariables?.api} ${event.httpMethod} ${event.resource}`];
    const granted = String(scope).split(' ');
    if (!client || !operation?.scopes.some((all) => all.every((one) => granted.includes(one)))) throw new Error('Unauthorized');
    const trustToken = await mint(trustClaims(sub, exp));
    log({ ...known, time: new Date().toISOString(), outcome: 'allowed', subject: sub, client: clientId, consumer: client.consumer, operation: operation.id });
    return {
      principalId: sub,
      policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }] },
      context: { trustToken, txn: known.txn, consumer: client.consumer },
    };
  });
}

type Exchange = (verify: Awaited<ReturnType<Peer['verifier']>>, mint: Awaited<ReturnType<Peer['signer']>>) => Subject['perform'];

function subjects(alg: SignatureAlgorithm, exchange: Exchange): Promise<readonly Subject[]> {
  const able = PEERS.filter(({ algorithms }) => algorithms.includes(alg));
  return Promise.all(able.map(async ({ name, verifier, signer }) => ({ name, perform: exchange(await verifier(alg), await signer()) })));
}

/** Records are serialised and go nowhere, like the pattern's own. */
function log(record: object, write: (line: string) => void = () => undefined): void {
  write(JSON.stringify(record));
}

function pem(alg: SignatureAlgorithm): string {
  return publicKey(alg).export({ type: 'spki', format: 'pem' }).toString();
}
