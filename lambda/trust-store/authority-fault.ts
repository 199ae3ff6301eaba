import { X509Certificate, type KeyObject } from 'node:crypto';
import { DerReader, TAG } from '../authorizer/der';
import { signatureAlgorithm } from '../authorizer/signature-algorithm';

/** Longest chain, root included, that API Gateway follows. */
const LONGEST_CHAIN = 4;
const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];

/**
 * Why an authority cannot be trusted: the same as for one that is declared in a file; undefined where it can.
 *
 * @param path PEM certificates, the authority itself first, then each one's issuer up to the root
 * @param now milliseconds since the epoch
 */
export function authorityFault(path: readonly string[], now: number): string | undefined {
  if (path.length > LONGEST_CHAIN) {
    return `a chain of more than ${LONGEST_CHAIN}`;
  }
  const certificates = path.map((pem) => new X509Certificate(pem));
  for (const [index, certificate] of certificates.entries()) {
    // A root has issued itself, and ends the path.
    const issuer = certificates[index + 1] ?? certificate;
    const fault = weakness(certificate, now) ?? (isIssuedBy(certificate, issuer) ? undefined : `no certificate of its issuer ${certificate.issuer.replaceAll('\n', ', ')}`);
    if (fault !== undefined) {
      return `${certificate.subject.replaceAll('\n', ', ')}: ${fault}`;
    }
  }
  return undefined;
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function weakness(certificate: X509Certificate, now: number): string | undefined {
  if (!certificate.ca) {
    return 'not a certificate authority';
  }
  if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) {
    return `in force from ${certificate.validFrom} to ${certificate.validTo} only`;
  }
  if (!isStrong(certificate.publicKey)) {
    return 'a key that is neither RSA-2048 nor EC-256, nor stronger';
  }
  return hasStrongSignature(certificate) ? undefined : 'a signature without SHA-2';
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails: { modulusLength = 0, namedCurve = '' } = {} }: KeyObject): boolean {
  return (asymmetricKeyType === 'rsa' && modulusLength >= 2048) || (asymmetricKeyType === 'ec' && CURVES.includes(namedCurve));
}

function hasStrongSignature({ raw }: X509Certificate): boolean {
  const outer = new DerReader(DerReader.only(raw, TAG.sequence).content);
  outer.next(TAG.sequence);
  return signatureAlgorithm(outer.next(TAG.sequence).raw) !== undefined;
}
