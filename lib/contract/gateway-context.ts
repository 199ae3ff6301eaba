/** Scalars that the authorizer hands to the gateway; a Lambda service finds them in `requestContext.authorizer`. */
export interface GatewayContext {
  /** The trust token, compact serialization. */
  readonly trustToken?: string;
  readonly txn: string;
  readonly consumer?: string;
  /** Reason code of a denial, for the access log; callers never see it. */
  readonly refusal?: string;
  /** `WWW-Authenticate` value of a denial (RFC 6750). */
  readonly challenge?: string;
  /** Where the consumer of a request above its limit stands, and the seconds after which it may come back. */
  readonly limit?: number;
  readonly remaining?: number;
  readonly reset?: number;
  readonly retryAfter?: number;
}
