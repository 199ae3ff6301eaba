import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import type { PublishedKey, SigningKey } from '../../lib/contract/signing-key';

/** A new ES256 key pair. @param notBefore seconds since the epoch */
export function newSigningKey(notBefore: number): SigningKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { kid: publicJwk(pem).kid, alg: 'ES256', privateKey: pem, notBefore };
}

/**
 * The public half of a P-256 private key.
 *
 * @param privateKey PKCS #8, PEM
 * @throws Error where it is not such a key
 */
export function publicJwk(privateKey: string): PublishedKey {
  const { kty, crv, x, y } = createPublicKey(createPrivateKey(privateKey)).export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined) {
    throw new Error('the signing key is not a P-256 key');
  }
  // RFC 7638: the required members, in this order, without white space.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' };
}

/** True where what the private key signs, the published key verifies. */
export function isPair({ privateKey }: SigningKey, published: PublishedKey): boolean {
  const message = randomBytes(32);
  const { kty, crv, x, y } = published;
  return verify('sha256', message, createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }), sign('sha256', message, privateKey));
}
