/** What one backend process is told. */
export interface BackendSettings {
  /** Name of the API service it stands in for. */
  readonly service: string;
  /** TLS server credential, PEM. */
  readonly tls: { readonly key: string; readonly cert: string };
  /** Issuers of trust tokens that it accepts. */
  readonly issuers: readonly TrustIssuer[];
}

/** Who issues trust tokens for a trust domain. */
export interface TrustIssuer {
  readonly issuer: string;
  readonly trustDomain: string;
}
