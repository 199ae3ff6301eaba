/** Names of the environment variables of the rotation and publication handlers. */
export const SIGNING_KEY_ENVIRONMENT = {
  /** ARN of the secret that holds the `SigningKey`. */
  signingKeySecret: 'SIGNING_KEY_SECRET_ARN',
  /** ARN of the secret that holds the `PublishedKeys`. */
  publishedKeysSecret: 'PUBLISHED_KEYS_SECRET_ARN',
  /** Instead of the secret: ARNs of the KMS keys whose public halves are published, separated by spaces. */
  publishedKeyArns: 'PUBLISHED_KEY_ARNS',
  /**
   * Seconds a new public key is published before the private key signs, and an old one stays published after that moment.
   *
   * At least `SIGNING_KEY_SECONDS.stale` plus the longest life of a trust token.
   */
  overlapSeconds: 'KEY_OVERLAP_SECONDS',
} as const;

/** Value of the signing key secret: one ES256 key pair. Before its first rotation the secret holds a placeholder that is not a key. */
export interface SigningKey {
  /** JWK thumbprint (RFC 7638). */
  readonly kid: string;
  readonly alg: 'ES256';
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** Seconds since the epoch before which the previous key signs, so that verifiers learn the new one first; at once where absent. */
  readonly notBefore?: number;
}

/**
 * Seconds after which an authorizer reads the signing key again, and the age at which it stops using one it cannot read again.
 *
 * `fresh` is how long requests are refused after a key was revoked: authorizers go on with it while verifiers do not.
 */
export const SIGNING_KEY_SECONDS = { fresh: 60, stale: 900 } as const;

/**
 * How old published keys may become on their way to a verifier, in seconds.
 *
 * `served` is the age of what the endpoint answers with, `fresh` the age at which verifiers read again: together, how long a revoked
 * key is still accepted. A verifier that meets an unknown key reads again as well, once in `unknownKeyPause`. `stale` is the age up
 * to which either goes on with what it has while it cannot read.
 */
export const PUBLISHED_KEY_SECONDS = { served: 30, fresh: 120, stale: 3600, unknownKeyPause: 30 } as const;

/** Event of the rotation function that replaces a leaked signing key at once; any other is a rotation step. */
export interface KeyRevocation {
  readonly action: 'revoke';
  /** Why, for the record; 10 to 256 characters. */
  readonly reason: string;
}

/** Value of the published keys secret: a JWK Set (RFC 7517) of public keys. */
export interface PublishedKeys {
  readonly keys: readonly PublishedKey[];
}

export interface PublishedKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
  /** Seconds since the epoch from which no token signed with the key is good any more; absent while the key signs. */
  readonly exp?: number;
}
