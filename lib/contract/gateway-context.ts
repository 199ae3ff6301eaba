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
}
