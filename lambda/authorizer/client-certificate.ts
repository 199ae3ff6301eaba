import { timingSafeEqual, X509Certificate } from 'node:crypto';
import type { CertificatePolicy } from '../../lib/contract/authorizer-configuration';
import { Refusal } from '../../runtime/refusal';
import { canonicalName, nameFromLines } from './distinguished-name';

// Sticky, so that what a quoted value holds is never taken for a name of its own.
const ALTERNATIVE_NAME = /(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,"]*)/gy;

/**
 * The certificate that a caller presented.
 *
 * The gateway accepts every certificate of every authority in its trust store; whose it is, is decided here. Everything is read
 * from the certificate itself, not from what the event repeats of it.
 */
export class ClientCertificate {
  /** SHA-256 of the DER certificate, base64url (RFC 8705 section 3.1). */
  readonly thumbprint: string;
  private readonly certificate: X509Certificate;

  /** @throws Refusal `certificate_mismatch` where the text is not a certificate */
  constructor(readonly pem: string) {
    this.certificate = parsed(pem);
    this.thumbprint = Buffer.from(this.sha256(), 'hex').toString('base64url');
  }

  /** True where the certificate is valid at a time, milliseconds since the epoch. */
  isValidAt(time: number): boolean {
    return time >= Date.parse(this.certificate.validFrom) && time <= Date.parse(this.certificate.validTo);
  }

  /** True where every member of the policy matches; a name counts only on a certificate of the client's own authorities. */
  matches(policy: CertificatePolicy): boolean {
    const { issuers, subject, subjectAlternativeName, sha256 } = policy;
    const verdicts = [
      sha256 !== undefined || (issuers ?? []).some((issuer) => this.isIssuedBy(issuer)),
      subject === undefined || this.hasSubject(subject),
      subjectAlternativeName === undefined || this.hasAlternativeName(subjectAlternativeName),
      sha256 === undefined || equal(this.sha256(), sha256.toLowerCase()),
    ];
    const recognises = subject !== undefined || subjectAlternativeName !== undefined || sha256 !== undefined;
    return recognises && verdicts.every(Boolean);
  }

  /** True where a token is bound to this certificate. */
  isBoundTo(thumbprint: string): boolean {
    return equal(this.thumbprint, thumbprint);
  }

  private isIssuedBy(pem: string): boolean {
    const issuer = new X509Certificate(pem);
    return this.certificate.checkIssued(issuer) && this.certificate.verify(issuer.publicKey);
  }

  private sha256(): string {
    return this.certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  }

  private hasSubject(subject: string): boolean {
    const expected = canonicalName(subject);
    return expected !== undefined && expected === canonicalName(nameFromLines(this.certificate.subject ?? ''));
  }

  private hasAlternativeName(expected: string): boolean {
    const names = [...(this.certificate.subjectAltName ?? '').matchAll(ALTERNATIVE_NAME)];
    return names.some(([, type, value = '']) => {
      const name = value.startsWith('"') ? String(JSON.parse(value)) : value;
      return (type === 'DNS' && name.toLowerCase() === expected.toLowerCase()) || (type === 'URI' && name === expected);
    });
  }
}

function parsed(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new Refusal('certificate_mismatch');
  }
}

function equal(actual: string, expected: string): boolean {
  const [a, b] = [Buffer.from(actual), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
