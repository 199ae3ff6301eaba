/** The environment variable that tells an API service which requests must be signed, and by whose keys: JSON of `DeclaredSignatures`. */
export const MESSAGE_SIGNATURES_VARIABLE = 'MESSAGE_SIGNATURES';

/** The environment variable that names the table of nonces that were used, by its ARN. */
export const NONCE_TABLE_VARIABLE = 'NONCE_TABLE_ARN';

/** Tag of such a table, which tells it from those that remember proofs and trust tokens. */
export const NONCE_TABLE_TAG = 'Nonces';

/** Tag of the REST APIs of a service that asks for signed messages; its value is `required`. */
export const MESSAGE_SIGNATURES_TAG = 'MessageSignatures';

/** Most that a function is told of signatures: all of its environment variables together are 4 KB. */
export const MAX_MESSAGE_SIGNATURES_BYTES = 3000;

/** A public key as a JWK; none has a private member. */
export interface PublicJwk {
  readonly kty: string;
  readonly [member: string]: string;
}

/** Public keys by security domain, consumer and `keyid`. */
export interface DeclaredSigningKeys {
  readonly [securityDomain: string]: { readonly [consumer: string]: { readonly [keyId: string]: PublicJwk } };
}

/** What is declared of an API service's signed messages (RFC 9421). */
export interface DeclaredSignatures {
  /** Ids of the operations that ask for a signature; every one when absent. */
  readonly operations?: readonly string[];
  /** Longest time from `created` that a signature is accepted, in seconds. */
  readonly maxAgeSeconds: number;
  readonly keys: DeclaredSigningKeys;
}
