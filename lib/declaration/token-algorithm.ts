/** Signature algorithms of access tokens (RFC 7518, RFC 8037). */
export enum TokenAlgorithm {
  RS256 = 'RS256',
  PS256 = 'PS256',
  ES256 = 'ES256',
  EDDSA = 'EdDSA',
}
