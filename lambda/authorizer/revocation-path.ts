import { X509Certificate } from 'node:crypto';
import { authorityId, certificateFields } from './certificate-fields';

/** One certificate of a path, as the list of its issuer would name it. */
export interface PathLink {
  /** Content of its serial number, hexadecimal. */
  readonly serial: string;
  /** `authorityId` of who issued it. */
  readonly issuer: string;
}

/** Longest path, as the gateway follows it. */
const LONGEST_PATH = 4;

/**
 * The certificates that must not be revoked where this one is to be trusted: itself, and each authority up to the root.
 *
 * Empty where none of the authorities issued it. The authorities are up to their roots, which only leaving the trust store revokes.
 */
export function revocationPath(pem: string, authorities: readonly string[]): readonly PathLink[] {
  const issuers = authorities.map((authority) => new X509Certificate(authority));
  const path: PathLink[] = [];
  let certificate = new X509Certificate(pem);
  while (path.length < LONGEST_PATH) {
    const issuer = issuers.find((candidate) => certificate.checkIssued(candidate) && certificate.verify(candidate.publicKey));
    if (issuer === undefined || issuer.fingerprint256 === certificate.fingerprint256) {
      return path;
    }
    path.push({ serial: certificateFields(certificate).serial, issuer: authorityId(issuer) });
    certificate = issuer;
  }
  throw new Error('the path is too long');
}
