import type { RateLimitState } from './rate-limit';

/** The request header that carries a trust token (draft-ietf-oauth-transaction-tokens). */
export const TRUST_TOKEN_HEADER = 'Txn-Token';

/** `typ` of a trust token's header. */
export const TRUST_TOKEN_TYPE = 'txntoken+jwt';

/** Where the public keys are served, below the trust issuer. */
export const JWKS_PATH = '/.well-known/jwks.json';

/** Claims of a trust token, an OAuth Transaction Token (draft-ietf-oauth-transaction-tokens). */
export interface TrustTokenClaims {
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  /** Trust domain: the environment's domain name. */
  readonly aud: string;
  /** Unique per transaction. */
  readonly txn: string;
  /** Subject of the access token: a user, or the client itself; `rctx.subject_type` says which. */
  readonly sub: string;
  /** Scopes that the operation needed and the access token granted, space separated. */
  readonly scope: string;
  /** The workload that asked for the token. */
  readonly req_wl: string;
  /** Who asked, from where and how strongly authenticated. */
  readonly rctx: RequesterContext;
  /** What was asked for. */
  readonly tctx: TransactionContext;
}

/** `rctx`: context of the requester. */
export interface RequesterContext {
  /** Address the gateway saw. */
  readonly req_ip: string;
  /** How the requester proved who it is: OAuth access token, one bound to a certificate, or one bound to a key (DPoP). */
  readonly authn: 'urn:ietf:rfc:6749' | 'urn:ietf:rfc:8705' | 'urn:ietf:rfc:9449';
  readonly client_id: string;
  readonly consumer: string;
  /** `browser`, `native`, `application`, `system` or `trusted-application`. */
  readonly client_type: string;
  /** Whom `sub` names: never take the `sub` of a client for a user (RFC 9068 section 5). */
  readonly subject_type: 'user' | 'client';
  /**
   * True where the client has authenticated its users itself and is trusted to act for all of them: nothing in the token says
   * for which of them it asks, and the gateway has not seen them.
   */
  readonly implicit_trust?: true;
  /** SHA-256 thumbprint (base64url) of the client certificate, where one was presented. */
  readonly 'x5t#S256'?: string;
  /** SHA-256 thumbprint (RFC 7638, base64url) of the key that the requester proved to possess, where it did. */
  readonly jkt?: string;
  /** Class of the user's authentication, as the identity provider names it. */
  readonly acr?: string;
  /** Methods of the user's authentication (RFC 8176). */
  readonly amr?: readonly string[];
  /** When the user last took part in an authentication; seconds since the epoch. */
  readonly auth_time?: number;
}

/** `tctx`: context of the transaction. */
export interface TransactionContext {
  readonly environment: string;
  readonly security_domain: string;
  readonly group: string;
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  readonly resource: string;
  /** Ids of access policies that permitted the call, where policies decided. */
  readonly policies?: readonly string[];
  /** What those policies ask of the service: it performs every one, or refuses. */
  readonly obligations?: readonly string[];
  /** Where the consumer stands, where its requests to the service are counted: what the service tells the caller in `X-Rate-Limit-*`. */
  readonly rate_limit?: RateLimitState;
  /** Classification that the protective marking of the request says, where it has one. */
  readonly marking?: string;
  /** Classification of the API, where its answers carry a protective marking. */
  readonly classification?: string;
}
