import { constants, createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A public key, bound to the one algorithm that keys of its kind have here. */
export interface VerificationKey {
  readonly algorithm: string;
  verifies(base: string, signature: Buffer): boolean;
}

const MIN_RSA_BITS = 2048;

/**
 * A key as a service is given it (JWK).
 *
 * @param what which one it is, for whoever configured it
 * @throws TypeError where it is no public key of an accepted kind
 */
export function verificationKey(jwk: JsonWebKey, what = 'a key'): VerificationKey {
  if (jwk.d !== undefined) {
    throw refused(what, 'a private key');
  }
  const key = publicKey(jwk, what);
  const { asymmetricKeyType, asymmetricKeyDetails: { namedCurve, modulusLength = 0 } = {} } = key;
  if (asymmetricKeyType === 'ed25519') {
    return { algorithm: 'ed25519', verifies: verifier(null, key) };
  }
  if (asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') {
    return { algorithm: 'ecdsa-p256-sha256', verifies: verifier('sha256', key, { dsaEncoding: 'ieee-p1363' }) };
  }
  if (asymmetricKeyType === 'rsa' && modulusLength >= MIN_RSA_BITS) {
    return { algorithm: 'rsa-pss-sha512', verifies: verifier('sha512', key, { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }) };
  }
  throw refused(what, [asymmetricKeyType, namedCurve ?? (modulusLength > 0 ? `of ${modulusLength} bits` : '')].join(' ').trim());
}

function publicKey(jwk: JsonWebKey, what: string): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    throw refused(what, 'no JWK');
  }
}

function refused(what: string, got: string): TypeError {
  return new TypeError(`${what}: signatures are verified with a public key (EC P-256, Ed25519, or RSA of at least ${MIN_RSA_BITS} bits), got ${got}; write the public JWK of one`);
}

function verifier(digest: string | null, key: KeyObject, options: { readonly dsaEncoding?: 'ieee-p1363'; readonly padding?: number; readonly saltLength?: number } = {}): VerificationKey['verifies'] {
  return (base, signature) => verify(digest, Buffer.from(base, 'latin1'), { key, ...options }, signature);
}
