import { createHash } from 'node:crypto';
import type { JsonObject } from './json';

/** What makes a public key the key it is, in the order in which it is hashed (RFC 7638 section 3.2, RFC 8037 section 2). */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
};

/** SHA-256 thumbprint (RFC 7638), base64url, of a public key; undefined where it is none that is understood. */
export function keyThumbprint(jwk: JsonObject): string | undefined {
  const { kty } = jwk;
  const members = typeof kty === 'string' && Object.hasOwn(MEMBERS, kty) ? MEMBERS[kty] : undefined;
  if (!members?.every((member) => typeof jwk[member] === 'string')) {
    return undefined;
  }
  const key = JSON.stringify(Object.fromEntries(members.map((member) => [member, jwk[member]])));
  return createHash('sha256').update(key, 'utf8').digest('base64url');
}
