import { createHash, type X509Certificate } from 'node:crypto';
import { bits, DerReader, integerHex, TAG, type DerElement } from './der';
import { EXTENSION, extensionsOf } from './der-extensions';

/** Bit 6 of the key usage. */
const CRL_SIGN = 0x02;

/** What a certificate says of itself and of its authority. */
export interface CertificateFields {
  /** Content of the serial number, hexadecimal. */
  readonly serial: string;
  /** The name, DER. */
  readonly subject: Buffer;
  readonly maySignLists: boolean;
}

/** What node:crypto does not tell of a certificate octet by octet (RFC 5280 section 4.1). */
export function certificateFields({ raw }: X509Certificate): CertificateFields {
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

/** One name and one key: certificates of it may be several, as where another authority signed it across. */
export function authorityId(certificate: X509Certificate): string {
  const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(certificateFields(certificate).subject).update(key).digest('base64');
}
