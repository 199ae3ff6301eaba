/** Signature algorithms of access tokens (RFC 7518, RFC 8037). */
export enum TokenAlgorithm {
  /** RSA with PKCS #1 v1.5 padding and SHA-256: for providers that offer nothing newer. */
  RS256 = 'RS256',
  /** RSA with PSS padding and SHA-256. */
  PS256 = 'PS256',
  /** ECDSA on P-256 with SHA-256: short signatures. */
  ES256 = 'ES256',
  /** Ed25519. */
  EDDSA = 'EdDSA',
}
