import type { UploadOutcome } from './upload-case';

/** Which access token a request carries. */
export type TokenKind = 'valid' | 'none' | 'garbage' | 'foreign issuer' | 'expired' | 'long-lived' | 'wrong audience' | 'other environment' | 'other scope' | 'strong' | 'old login' | 'opaque' | 'revoked' | 'opaque expired' | 'opaque other scope';

/** Which client certificate a request shows. */
export type CertificateKind = 'own' | 'none' | 'foreign' | 'unlisted' | 'other client' | 'revoked';

/** Which proof of possession (DPoP) goes with the token. */
export type ProofKind = 'own' | 'none' | 'as bearer' | 'used' | 'of another key' | 'for another URL' | 'for another method' | 'for another token' | 'twice';

/** Which API key a request carries, where its client needs one. */
export type ApiKeyKind = 'own' | 'none' | 'wrong' | 'other client' | 'in the query string';

/** Which signature of the message a request carries (RFC 9421). */
export type SignatureKind = 'own' | 'used' | 'of another body' | 'of another path' | 'of another key';

/** What must come of a request: a status, or no TLS connection at all. */
export type Outcome = number | 'no handshake' | 'wrong challenge' | 'wrong limit' | UploadOutcome;

/** One request of the demonstration and what must come of it. */
export interface RequestCase {
  readonly domain: string;
  readonly title: string;
  readonly expected: Outcome;
  readonly token: TokenKind;
  /** Which client asks. @default - the one that speaks for its domain */
  readonly client?: string;
  /** @default - the client proves nothing */
  readonly proof?: ProofKind;
  readonly certificate: CertificateKind;
  readonly method: string;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  /** Scope of its token; the one that reading rates needs by default. */
  readonly scope?: string;
  /** Exact `WWW-Authenticate` of its answer; not looked at by default. */
  readonly challenge?: string;
  /** `X-Rate-Limit-Limit` of its answer, or, where it is sent often, of refusals; not looked at by default. */
  readonly limit?: number;
  /** Which API key it carries; its client's own by default, where that needs one. */
  readonly apiKey?: ApiKeyKind;
  /** Signature that its consumer makes of it; none by default. */
  readonly signature?: SignatureKind;
  /** How often it is sent at once, once by default; what counts is the highest status. */
  readonly times?: number;
}
