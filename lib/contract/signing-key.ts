/** Names of the environment variables of the rotation and publication handlers. */
export const SIGNING_KEY_ENVIRONMENT = {
  /** ARN of the secret that holds the `PublishedKeys`. */
  publishedKeysSecret: 'PUBLISHED_KEYS_SECRET_ARN',
  /** Seconds a new public key is published before the private key may sign, and an old one stays after its last token. */
  overlapSeconds: 'KEY_OVERLAP_SECONDS',
} as const;

/** Value of the signing key secret: one ES256 key pair. Before its first rotation the secret holds a placeholder that is not a key. */
export interface SigningKey {
  /** JWK thumbprint (RFC 7638). */
  readonly kid: string;
  readonly alg: 'ES256';
  /** PKCS #8, PEM. */
  readonly privateKey: string;
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
}
