/** How an authorizer knows the proofs of its clients (DPoP, RFC 9449). */
export interface ProofPolicy {
  /** Host name of the security domain, in lower case: proofs are made for `https://<host>/…`. */
  readonly host: string;
}

/** `alg` values of proofs; RSASSA-PKCS1-v1_5 is left out, as FAPI 2.0 does. */
export const PROOF_ALGORITHMS = ['ES256', 'EdDSA', 'PS256'] as const;

/** How old a proof may be, and how far in the future its maker's clock may lie. */
export const PROOF_SECONDS = { age: 60, ahead: 5 } as const;

/** What a caller who cannot prove possession is told to use (RFC 9449 section 7.1). */
export const PROOF_CHALLENGE = `algs="${PROOF_ALGORITHMS.join(' ')}"`;
