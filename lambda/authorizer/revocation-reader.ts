import { createHash, verify, X509Certificate } from 'node:crypto';
import { bits, DerReader, integerHex, naturalNumber, TAG, time, type DerElement } from './der';

/** One certificate of a path, as the list of its issuer would name it. */
export interface PathLink {
  /** Content of its serial number, hexadecimal. */
  readonly serial: string;
  /** `authorityId` of who issued it. */
  readonly issuer: string;
}

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

/** Longest path, as the gateway follows it. */
const LONGEST_PATH = 4;

/** Clocks of authorities run ahead by as much. */
const CLOCK_SKEW_MILLISECONDS = 300_000;

/** Hash and key type of the signatures that count, by the DER of their algorithm identifier (RFC 4055, RFC 5758). */
const SIGNATURES = new Map<string, readonly [hash: string, keyType: string]>([
  ['300d06092a864886f70d01010b0500', ['sha256', 'rsa']], ['300d06092a864886f70d01010c0500', ['sha384', 'rsa']], ['300d06092a864886f70d01010d0500', ['sha512', 'rsa']],
  ['300a06082a8648ce3d040302', ['sha256', 'ec']], ['300a06082a8648ce3d040303', ['sha384', 'ec']], ['300a06082a8648ce3d040304', ['sha512', 'ec']],
]);

/** Object identifiers of extensions, hexadecimal (RFC 5280 sections 4.2.1.3, 5.2 and 5.3). */
const EXTENSION = { keyUsage: '551d0f', crlNumber: '551d14', deltaIndicator: '551d1b', issuingDistributionPoint: '551d1c', certificateIssuer: '551d1d' } as const;

/** Bit 6 of the key usage. */
const CRL_SIGN = 0x02;

const PEM = /^-----BEGIN X509 CRL-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END X509 CRL-----\s*$/;

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
    path.push({ serial: fieldsOf(certificate).serial, issuer: authorityId(issuer) });
    certificate = issuer;
  }
  throw new Error('the path is too long');
}

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
  const [hash, keyType] = SIGNATURES.get(algorithm.toString('hex')) ?? [];
  if (hash === undefined) {
    throw new Error('its signature algorithm is not accepted');
  }
  const named = authorities.map((authority) => new X509Certificate(authority)).filter((authority) => fieldsOf(authority).subject.equals(name));
  if (named.length === 0) {
    throw new Error('it is of another authority');
  }
  const signer = named.find(({ publicKey }) => publicKey.asymmetricKeyType === keyType && verify(hash, signed, publicKey, signature));
  if (signer === undefined) {
    throw new Error('its signature is not of the authority that it names');
  }
  if (!fieldsOf(signer).maySignLists) {
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

/** Values by object identifier. @throws Error where one is critical, which none may be that is understood here, or there twice */
function extensionsOf(sequence: DerElement, mayBeCritical = false): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  const reader = new DerReader(sequence.content);
  while (!reader.isAtEnd) {
    const extension = new DerReader(reader.next(TAG.sequence).content);
    const id = extension.next(TAG.objectIdentifier).content.toString('hex');
    const critical = extension.optional(TAG.boolean);
    const value = extension.next(TAG.octetString).content;
    extension.end();
    if (!mayBeCritical && critical !== undefined && !critical.content.equals(Buffer.from([0]))) {
      throw new Error('it has a critical extension that is not understood');
    }
    if (found.has(id)) {
      throw new Error('it has an extension twice');
    }
    found.set(id, value);
  }
  return found;
}

/** One name and one key: certificates of it may be several, as where another authority signed it across. */
function authorityId(certificate: X509Certificate): string {
  const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(fieldsOf(certificate).subject).update(key).digest('base64');
}

interface CertificateFields { readonly serial: string; readonly subject: Buffer; readonly maySignLists: boolean }

/** What node:crypto does not tell of a certificate octet by octet (RFC 5280 section 4.1). */
function fieldsOf({ raw }: X509Certificate): CertificateFields {
  const fields = new DerReader(new DerReader(DerReader.only(raw, TAG.sequence).content).next(TAG.sequence).content);
  fields.optional(TAG.explicit(0));
  const serial = integerHex(fields.next(TAG.integer));
  // Signature algorithm, issuer and validity.
  for (let skipped = 0; skipped < 3; skipped += 1) {
    fields.next(TAG.sequence);
  }
  const subject = fields.next(TAG.sequence).raw;
  let extensions: DerElement | undefined;
  while (!fields.isAtEnd) {
    const field = fields.next();
    extensions = field.tag === TAG.explicit(3) ? field : extensions;
  }
  const usage = extensions && extensionsOf(DerReader.only(extensions.content, TAG.sequence), true).get(EXTENSION.keyUsage);
  // RFC 5280 section 6.3.3 (f): where the authority says what its key is for, signing lists is among it.
  const maySignLists = usage === undefined || ((bits(DerReader.only(usage, TAG.bitString), 7)[0] ?? 0) & CRL_SIGN) !== 0;
  return { serial, subject, maySignLists };
}
