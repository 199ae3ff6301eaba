import { DerReader, TAG, type DerElement } from './der';

/** Object identifiers of extensions, hexadecimal (RFC 5280 sections 4.2.1.3, 5.2 and 5.3). */
export const EXTENSION = { keyUsage: '551d0f', crlNumber: '551d14', deltaIndicator: '551d1b', issuingDistributionPoint: '551d1c', certificateIssuer: '551d1d' } as const;

/** Values by object identifier. @throws Error where one is critical, which none may be that is understood here, or there twice */
export function extensionsOf(sequence: DerElement, mayBeCritical = false): ReadonlyMap<string, Buffer> {
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
