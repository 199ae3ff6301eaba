import type { SecureVersion } from 'node:tls';
import type { AssessedDomain } from './assessed-environment';
import type { Expectation } from './expectation';

/** One thing that a gateway must do, with what is sent to see it. */
export interface AssessmentCase {
  /** Stable: `authentication/no-token/public GET /rates/interest`. */
  readonly id: string;
  readonly family: string;
  readonly title: string;
  readonly domain: string;
  /** Controls of the ISM that it shows something of: `ISM-1546`. */
  readonly controls: readonly string[];
  readonly probe: Probe;
  /** Sent only where it is asked for: it costs the gateway more than a request, or its callers notice. */
  readonly intrusive?: true;
  /** Sent only where it is asked for: it alarms whoever watches, and may block the assessor's address. */
  readonly decoy?: true;
  /** Why nothing that could be sent would show it. */
  readonly untestable?: string;
  /** Where it fails nothing else of the domain is worth asking. */
  readonly gate?: true;
}

/** What is sent. */
export type Probe = RequestProbe | HandshakeProbe;

/** One HTTP request, without any secret: credentials are named, and put in when it is sent. */
export interface RequestProbe {
  readonly kind: 'request';
  readonly method: string;
  /** Path with query, sent as it is. */
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  /** @default - none */
  readonly token?: ForgedToken | IssuedToken;
  /** Client certificate where the domain asks for one. @default - the caller's own */
  readonly certificate?: 'none' | 'foreign';
  /** @default - the caller's own where its client needs one */
  readonly apiKey?: 'none';
  /** Host header. @default - the domain's host name */
  readonly host?: string;
  /** How often it is sent at once; what counts is the highest status. @default 1 */
  readonly times?: number;
  /** Sent without TLS. */
  readonly plain?: true;
  readonly expected: Expectation;
}

/** A token that the assessor makes up; it needs no credentials. */
export interface ForgedToken { readonly forged: 'garbage' | 'unsigned' | 'self-signed' | 'embedded-key' | 'basic' | 'in-query' }

/** A token of the domain's issuer. */
export interface IssuedToken {
  readonly client: string;
  readonly scopes: readonly string[];
  /** What is wrong with it. @default - nothing */
  readonly wrong?: WrongToken;
  /** Classes of authentication to ask for (RFC 9470). */
  readonly acrValues?: readonly string[];
}

/** `tampered` is made of a good one; the others only an issuer that plays along can sign. */
export type WrongToken = 'tampered' | 'expired' | 'long-lived' | 'wrong-audience' | 'foreign-issuer' | 'bound-as-bearer';

/** One TLS handshake. */
export interface HandshakeProbe {
  readonly kind: 'handshake';
  /** The only version that is offered. @default - whatever this machine has */
  readonly version?: SecureVersion;
  /** Cipher suites, as OpenSSL names them. @default - whatever this machine has */
  readonly ciphers?: string;
  readonly expected: 'accepted' | 'refused' | 'strong suite' | 'trusted certificate' | 'strong certificates' | 'certificate in time';
}

/** Cases of one kind. */
export interface CaseFamily {
  /** `authentication`. */
  readonly name: string;
  /** Makes the cases of a domain. */
  readonly cases: (domain: AssessedDomain) => readonly NewCase[];
}

/** A case without what its family and domain add. */
export interface NewCase extends Omit<AssessmentCase, 'id' | 'family' | 'domain'> {
  /** `no-token`. */
  readonly rule: string;
  /** What of the domain it is about; empty for the domain itself. */
  readonly subject?: string;
}

/** Every case of every family for the domains, most telling ones first. */
export function assessmentCases(domains: readonly AssessedDomain[], families: readonly CaseFamily[]): AssessmentCase[] {
  return families.flatMap(({ name, cases }) => domains.flatMap((domain) => cases(domain).map(({ rule, subject = '', ...rest }) => ({
    ...rest, family: name, domain: domain.securityDomain, id: `${name}/${rule}/${domain.securityDomain}${subject && ` ${subject}`}`,
  }))));
}
