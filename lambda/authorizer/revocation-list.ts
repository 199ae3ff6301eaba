import { verify, X509Certificate } from 'node:crypto';
import { authorityId, certificateFields } from './certificate-fields';
import { bits, DerReader, integerHex, naturalNumber, TAG, time, type DerElement } from './der';
import { EXTENSION, extensionsOf } from './der-extensions';
import { signatureAlgorithm } from './signature-algorithm';

/** A revocation list whose signature was verified. */
export interface RevocationList {
  /** `authorityId` of who signed it. */
  readonly issuer: string;
  /** Goes up with each list of one authority. */
  readonly number: bigint;
  /** Milliseconds since the epoch. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  /** Serial numbers, hexadecimal. */
  readonly revoked: ReadonlySet<string>;
}

/** Clocks of authorities run ahead by as much. */
const CLOCK_SKEW_MILLISECONDS = 300_000;

const PEM = /^-----BEGIN X509 CRL-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END X509 CRL-----\s*$/;

/**
 * A complete CRL of one of the authorities, DER or PEM (RFC 5280 sections 5 and 6.3).
 *
 * Signed by an authority that may sign lists, in force now, and free of everything that would make it say less than it seems to:
 * no critical extension, no delta, no partition, no entries of another issuer.
 *
 * @param now milliseconds since the epoch
 * @throws Error that names the fault
 */
export function readRevocationList(document: Buffer, authorities: readonly string[], now: number): RevocationList {
  const outer = new DerReader(DerReader.only(derOf(document), TAG.sequence).content);
  const signed = outer.next(TAG.sequence);
  const algorithm = outer.next(TAG.sequence);
  const signature = bits(outer.next(TAG.bitString));
  outer.end();
  const fields = new DerReader(signed.content);
  if (naturalNumber(fields.next(TAG.integer)) !== 1n) {
    throw new Error('it is not a CRL of version 2');
  }
  if (!fields.next(TAG.sequence).raw.equals(algorithm.raw)) {
    throw new Error('it names two signature algorithms');
  }
  // Nothing that is unsigned is looked at further than it takes to find its signer.
  const issuer = signerOf(fields.next(TAG.sequence).raw, authorities, signed.raw, algorithm.raw, signature);
  const thisUpdate = time(fields.next(TAG.utcTime, TAG.generalizedTime));
  const nextUpdate = fields.optional(TAG.utcTime, TAG.generalizedTime);
  const revoked = revokedSerials(fields.optional(TAG.sequence));
  const number = listNumber(fields.optional(TAG.explicit(0)));
  fields.end();
  if (nextUpdate === undefined || thisUpdate > now + CLOCK_SKEW_MILLISECONDS) {
    throw new Error(nextUpdate ? 'it is of a later time' : 'it does not say until when it holds');
  }
  const until = time(nextUpdate);
  if (until < now) {
    throw new Error(`it was good until ${new Date(until).toISOString()}`);
  }
  return { issuer, number, thisUpdate, nextUpdate: until, revoked };
}

function derOf(document: Buffer): Buffer {
  if (!document.subarray(0, 11).equals(Buffer.from('-----BEGIN '))) {
    return document;
  }
  const [, body = ''] = PEM.exec(document.toString('latin1')) ?? [];
  const base64 = body.replace(/[\r\n]/g, '');
  const der = Buffer.from(base64, 'base64');
  if (base64 === '' || der.toString('base64') !== base64) {
    throw new Error('it is not one CRL in PEM');
  }
  return der;
}

// Names are compared octet by octet: whoever writes its own name in two ways is not recognised.
function signerOf(name: Buffer, authorities: readonly string[], signed: Buffer, algorithm: Buffer, signature: Buffer): string {
  const [hash, keyType] = signatureAlgorithm(algorithm) ?? [];
  if (hash === undefined) {
    throw new Error('its signature algorithm is not accepted');
  }
  const named = authorities.map((authority) => new X509Certificate(authority)).filter((authority) => certificateFields(authority).subject.equals(name));
  if (named.length === 0) {
    throw new Error('it is of another authority');
  }
  const signer = named.find(({ publicKey }) => publicKey.asymmetricKeyType === keyType && verify(hash, signed, publicKey, signature));
  if (signer === undefined) {
    throw new Error('its signature is not of the authority that it names');
  }
  if (!certificateFields(signer).maySignLists) {
    throw new Error('its authority may not sign CRLs');
  }
  return authorityId(signer);
}

function revokedSerials(entries: DerElement | undefined): ReadonlySet<string> {
  const serials = new Set<string>();
  const reader = new DerReader(entries?.content ?? Buffer.alloc(0));
  while (!reader.isAtEnd) {
    const entry = new DerReader(reader.next(TAG.sequence).content);
    serials.add(integerHex(entry.next(TAG.integer)));
    time(entry.next(TAG.utcTime, TAG.generalizedTime));
    const extensions = entry.optional(TAG.sequence);
    entry.end();
    if (extensions && extensionsOf(extensions).has(EXTENSION.certificateIssuer)) {
      throw new Error('it has entries of another issuer');
    }
  }
  return serials;
}

function listNumber(extensions: DerElement | undefined): bigint {
  const found = extensions ? extensionsOf(DerReader.only(extensions.content, TAG.sequence)) : new Map<string, Buffer>();
  if (found.has(EXTENSION.deltaIndicator) || found.has(EXTENSION.issuingDistributionPoint)) {
    throw new Error('it is not a complete CRL');
  }
  const number = found.get(EXTENSION.crlNumber);
  if (number === undefined) {
    throw new Error('it has no CRL number');
  }
  return naturalNumber(DerReader.only(number, TAG.integer));
}
