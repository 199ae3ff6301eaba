import { createPublicKey, createVerify, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { ecdsaSignatureToDer } from './ecdsa-signature';
import type { JsonObject } from './json';
import { Refusal } from './refusal';

/** The signature algorithms that are understood (RFC 7518, RFC 8037). No other has an entry, so none can be reached. */
export const SIGNATURE_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** A public key bound to the one algorithm it was imported for. */
export interface VerificationKey {
  /** @param signingInput ASCII, as each part of a token is */
  verifies(signingInput: string, signature: Buffer): boolean;
}

/** Smallest RSA modulus (ISM-0476) and largest, which bounds the work a key set can ask for; in bits. */
const RSA_BITS = { min: 2048, max: 8192 };
const RSA_EXPONENT = { min: 65537n, max: 0xffffffffn };

interface Algorithm {
  readonly kty: string;
  readonly crv?: string;
  readonly members: readonly string[];
  bind(key: KeyObject): VerificationKey;
}

// Not the one-shot `verify`, which looks the digest up anew and takes 2 % longer; Ed25519 knows no other.
const DIGEST = 'sha256';

const ALGORITHMS: Record<SignatureAlgorithm, Algorithm> = {
  RS256: {
    kty: 'RSA',
    members: ['n', 'e'],
    bind: (key) => {
      requireStrongRsa(key);
      return { verifies: (input, signature) => createVerify(DIGEST).update(input, 'latin1').verify(key, signature) };
    },
  },
  PS256: {
    kty: 'RSA',
    members: ['n', 'e'],
    bind: (key) => {
      requireStrongRsa(key);
      const pss = pssKey(key);
      return { verifies: (input, signature) => createVerify(DIGEST).update(input, 'latin1').verify(pss, signature) };
    },
  },
  ES256: {
    kty: 'EC',
    crv: 'P-256',
    members: ['crv', 'x', 'y'],
    bind: (key) => ({
      verifies: (input, signature) => {
        const der = ecdsaSignatureToDer(signature);
        return der !== undefined && createVerify(DIGEST).update(input, 'latin1').verify(key, der);
      },
    }),
  },
  EdDSA: {
    kty: 'OKP',
    crv: 'Ed25519',
    members: ['crv', 'x'],
    bind: (key) => ({ verifies: (input, signature) => verify(null, Buffer.from(input, 'latin1'), key, signature) }),
  },
};

/** True where `alg` names an algorithm that is understood. */
export function isSignatureAlgorithm(alg: unknown): alg is SignatureAlgorithm {
  return SIGNATURE_ALGORITHMS.some((known) => known === alg);
}

/**
 * Imports a JWK (RFC 7517) for one algorithm.
 *
 * The key must be of that algorithm's type and curve, and nothing in it may speak against verifying with it (RFC 8725 section 3.1).
 *
 * @throws Refusal `key_unsuitable`
 */
export function verificationKey(jwk: JsonObject, alg: SignatureAlgorithm): VerificationKey {
  const algorithm = ALGORITHMS[alg];
  const fits = jwk.kty === algorithm.kty
    && (algorithm.crv === undefined || jwk.crv === algorithm.crv)
    && (jwk.alg === undefined || jwk.alg === alg)
    && (jwk.use === undefined || jwk.use === 'sig')
    && (jwk.key_ops === undefined || (Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify')))
    // A private key in a published set is known to everybody.
    && jwk.d === undefined;
  if (!fits) {
    throw new Refusal('key_unsuitable');
  }
  return algorithm.bind(imported(jwk, algorithm));
}

function imported(jwk: JsonObject, algorithm: Algorithm): KeyObject {
  const key = Object.fromEntries([['kty', algorithm.kty], ...algorithm.members.map((member) => [member, jwk[member]])]) as JsonWebKey;
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    throw new Refusal('key_unsuitable');
  }
}

function requireStrongRsa(key: KeyObject): void {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  const strong = modulusLength >= RSA_BITS.min && modulusLength <= RSA_BITS.max
    && publicExponent >= RSA_EXPONENT.min && publicExponent <= RSA_EXPONENT.max;
  if (!strong) {
    throw new Refusal('key_unsuitable');
  }
}

/** AlgorithmIdentifier of id-RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a 32-byte salt (RFC 4055), as RFC 7518 section 3.5 asks. */
const PSS_IDENTIFIER = Buffer.from(
  '304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120',
  'hex',
);

// A key that carries the PSS parameters verifies a third faster than options on a plain RSA key, and it fixes the salt length.
function pssKey(key: KeyObject): KeyObject {
  const publicKey = Buffer.concat([Buffer.from([0]), key.export({ type: 'pkcs1', format: 'der' })]);
  const spki = der(0x30, Buffer.concat([PSS_IDENTIFIER, der(0x03, publicKey)]));
  return createPublicKey({ key: spki, format: 'der', type: 'spki' });
}

function der(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, 0x82, content.length >> 8, content.length & 0xff]), content]);
}
