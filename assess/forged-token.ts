import { createSign, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import type { AuthorizerConfiguration } from '../lib/contract/authorizer-configuration';
import type { ForgedToken } from './assessment-case';

/** What a forged token adds to a request. */
export interface Forgery {
  readonly authorization?: string;
  readonly query?: string;
}

interface Key { readonly privateKey: KeyObject; readonly publicKey: KeyObject }
let assessorKey: Key | undefined;

/** A token that nobody issued, with every claim as the domain wants it: only its signature is worth nothing. */
export function forgedToken({ forged }: ForgedToken, configuration: AuthorizerConfiguration | undefined): Forgery {
  const signed = (header: object = {}): string => jwt({ alg: 'ES256', typ: 'at+jwt', kid: 'assessment', ...header }, claims(configuration));
  const bearer = (token: string): Forgery => ({ authorization: `Bearer ${token}` });
  const forgeries: { readonly [kind in ForgedToken['forged']]: () => Forgery } = {
    'garbage': () => bearer('YXNzZXNzbWVudA'),
    'unsigned': () => bearer(`${part({ alg: 'none', typ: 'at+jwt' })}.${part(claims(configuration))}.`),
    'self-signed': () => bearer(signed()),
    'embedded-key': () => bearer(signed({ jwk: key().publicKey.export({ format: 'jwk' }) })),
    'basic': () => ({ authorization: `Basic ${Buffer.from('assessment:assessment').toString('base64')}` }),
    'in-query': () => ({ query: `access_token=${signed()}` }),
  };
  return forgeries[forged]();
}

/** The same token with another subject: its signature no longer fits. */
export function tampered(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()) as object, sub: 'assessment' };
  return [header, part(changed), signature].join('.');
}

function claims(configuration: AuthorizerConfiguration | undefined): object {
  const now = Math.floor(Date.now() / 1000);
  const [client = 'assessment'] = Object.keys(configuration?.clients ?? {});
  const scopes = Object.values(configuration?.operations ?? {}).flatMap((operation) => operation.scopes.flat());
  return {
    iss: configuration?.accessToken.issuer ?? 'https://assessment.invalid', aud: configuration?.accessToken.audience ?? 'assessment',
    sub: 'assessment', client_id: client, scope: [...new Set(scopes)].slice(0, 20).join(' '), jti: randomUUID(), iat: now - 5, nbf: now - 5, exp: now + 55,
  };
}

function jwt(header: object, payload: object): string {
  const signing = `${part(header)}.${part(payload)}`;
  return `${signing}.${createSign('sha256').update(signing).sign({ key: key().privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

function key(): Key {
  return assessorKey ??= generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
