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
  /** Subject of the access token. */
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
  /** How the requester proved who it is: OAuth access token, or certificate-bound access token. */
  readonly authn: 'urn:ietf:rfc:6749' | 'urn:ietf:rfc:8705';
  readonly client_id: string;
  readonly consumer: string;
  readonly client_type: string;
  /** SHA-256 thumbprint (base64url) of the client certificate, where one was presented. */
  readonly 'x5t#S256'?: string;
  readonly acr?: string;
  readonly amr?: readonly string[];
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
}
