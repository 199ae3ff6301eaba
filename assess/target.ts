import type { IssuedToken } from './assessment-case';

/** The gateway that is assessed, and whom the assessor may be there. */
export interface Target {
  /** For reports: `local`, or where it is. */
  readonly name: string;
  /** Where a security domain is reached; absent where this target does not say. */
  endpoint(securityDomain: string): Endpoint | undefined;
  /** Clients whose credentials there are. */
  clients(securityDomain: string): readonly string[];
  /** A client's certificate; where none is named, that of any client. */
  certificate(securityDomain: string, client?: string): CertificatePair | undefined;
  /** A client's API key. */
  apiKey(securityDomain: string, client: string): string | undefined;
  /** A token of the domain's issuer. @throws Untestable where this target cannot have it */
  token(securityDomain: string, wanted: IssuedToken): Promise<string>;
  /** Ends what was started for the assessment. */
  close?(): Promise<void>;
}

/** Address of a security domain. */
export interface Endpoint {
  /** What is connected to. */
  readonly address: string;
  readonly port: number;
  /** What is asked for, in the handshake and in the request. */
  readonly hostName: string;
  /** PEM of who issues the server certificate. @default - whom this machine trusts */
  readonly certificateAuthority?: string;
}

/** A certificate and its private key, PEM. */
export interface CertificatePair { readonly cert: string; readonly key: string }

/** Why a case cannot be tested. */
export class Untestable extends Error {}
