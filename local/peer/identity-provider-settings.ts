/** Everything one identity provider process is told. */
export interface IdentityProviderSettings {
  readonly providers: readonly ProviderSettings[];
  /** TLS server credential, PEM, valid for every issuer host. */
  readonly tls: { readonly key: string; readonly cert: string };
  /** PEM of the authorities whose client certificates bind tokens. */
  readonly clientAuthority: string;
}

/** One issuer. */
export interface ProviderSettings {
  readonly issuer: string;
  /** Path that serves the keys. */
  readonly jwksPath: string;
  /** Audience of access tokens by security domain; the first one serves requests without a resource. */
  readonly audiences: { readonly [securityDomain: string]: string };
  /** Loopback port; 0 for a free one. */
  readonly port: number;
  /** `alg` values; a key is made for each and the first signs. */
  readonly algorithms: readonly string[];
  /** Seconds an access token lives. */
  readonly tokenSeconds: number;
  readonly clients: readonly TestClient[];
  /** Authentication methods (`amr`) that a user proves beside a password when a client asks for a class of authentication. */
  readonly strongMethods: readonly string[];
  /** Who may introspect tokens, and on which path; nobody when absent. */
  readonly introspection?: { readonly clientId: string; readonly secret: string; readonly path: string };
}

/** `acr` of a login for which the client asked for no class. */
export const PASSWORD_ONLY = 'urn:local:password';

/** A client that exists for one run. */
export interface TestClient {
  readonly id: string;
  /** `browser`, `native`, `application`, `system` or `trusted-application`. */
  readonly type: string;
  /** Absent for public clients. */
  readonly secret?: string;
  readonly redirectUri?: string;
  readonly scopes: readonly string[];
  /** True where tokens are bound to the certificate of the client (RFC 8705). */
  readonly certificateBound: boolean;
  /** True where tokens are bound to a key of the client (DPoP, RFC 9449). */
  readonly dpopBound: boolean;
}

/** What a test may have wrong with a token; `opaque` ones are no JWT, and `opaque-brief` ones expire after a second. */
export const TOKEN_VARIANTS = ['standard', 'expired', 'not-yet-valid', 'long-lived', 'wrong-audience', 'old-login', 'opaque', 'opaque-brief'] as const;
export type TokenVariant = (typeof TOKEN_VARIANTS)[number];

/**
 * Resource indicator (RFC 8707) of the tokens for one security domain.
 *
 * A variant other than `standard` makes the identity provider issue a token with one thing wrong, for tests of refusals.
 */
export function tokenResource(securityDomain: string, variant: TokenVariant = 'standard'): string {
  return `urn:cdk-api-security:${securityDomain}:${variant}`;
}
