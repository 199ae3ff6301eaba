/** The ready file: everything that a client of the local gateway needs. File names are absolute. */
export interface LocalEndpoints {
  readonly environment: string;
  /** PEM file of the authority of every server certificate. */
  readonly certificateAuthorityFile: string;
  /** By security domain. */
  readonly domains: { readonly [securityDomain: string]: DomainEndpoint };
  /** An issuer that no authorizer trusts, with the same clients: for tests of refusals. */
  readonly foreignIssuer: IssuerEndpoint;
  /** Certificates that the partner domain must not accept: one of an unknown authority, one of a known authority and no client. */
  readonly foreignCertificate: CertificateFiles;
  readonly unlistedCertificate: CertificateFiles;
}

/** One security domain. */
export interface DomainEndpoint {
  /** `https://127.0.0.1:PORT`; send `hostName` as SNI and Host. */
  readonly url: string;
  readonly hostName: string;
  readonly port: number;
  readonly mutualTls: boolean;
  /** Lowest TLS version: `TLSv1.2` or `TLSv1.3`. */
  readonly tlsFloor: string;
  readonly basePaths: readonly string[];
  readonly accessLogFile: string;
  /** Who issues the access tokens of this domain; absent where nothing is authorized. */
  readonly issuer?: IssuerEndpoint;
  /** Test clients by client id. */
  readonly clients: { readonly [clientId: string]: ClientEndpoint };
}

/** An OAuth authorization server. */
export interface IssuerEndpoint {
  readonly issuer: string;
  readonly hostName: string;
  readonly port: number;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string;
}

/** A test client; its secret is made for this run. */
export interface ClientEndpoint {
  /** `browser`, `native`, `application`, `system` or `trusted-application`. */
  readonly type: string;
  readonly consumer: string;
  readonly secret?: string;
  readonly redirectUri?: string;
  /** Scopes it may ask for in this domain. */
  readonly scopes: readonly string[];
  /** True where the token endpoint wants its certificate and binds tokens to it (RFC 8705). */
  readonly certificateBound: boolean;
  /** True where the token endpoint wants a proof and binds tokens to its key (DPoP, RFC 9449). */
  readonly dpopBound: boolean;
  readonly certificate?: CertificateFiles;
  /** Another certificate of the client, which its authority revoked; absent where revocation is not checked. */
  readonly revokedCertificate?: CertificateFiles;
  /** API key of this run, for the header `X-Api-Key`; absent where the client needs none. */
  readonly apiKey?: string;
  /** Key of this run that it signs messages with; absent where no service knows one of it. */
  readonly signingKey?: SigningKeyFile;
}

/** PEM file of a private key, and the `keyid` of its signatures. */
export interface SigningKeyFile {
  readonly keyId: string;
  readonly keyFile: string;
}

/** PEM files of a certificate and its private key. */
export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}
