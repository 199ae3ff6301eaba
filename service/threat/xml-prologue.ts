import { XmlFaultFound } from './xml-fault';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** XML 1.0 in UTF-8 or its subset: what a parser makes of another encoding is not what was scanned. */
const DECLARATION = /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.0\1([ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z0-9._-]{1,40})\3)?([ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\6)?[ \t\r\n]*\?>/;
const DECLARATION_BYTES = 256;
const ENCODINGS = new Set(['utf-8', 'us-ascii']);

/** Where the text goes on behind a byte order mark and an XML declaration; refuses what would be read in another encoding. */
export function startOfContent(bytes: Buffer): number {
  // UTF-16 and UTF-32 have a zero or a mark of theirs among the first two bytes; either hides markup from a scan of bytes.
  if (bytes[0] === 0 || bytes[1] === 0 || bytes[0] === 0xfe || bytes[0] === 0xff) {
    throw new XmlFaultFound('encoding');
  }
  const at = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  const start = bytes.toString('latin1', at, at + DECLARATION_BYTES);
  if (!/^<\?xml[ \t\r\n]/.test(start)) {
    return at;
  }
  const declaration = DECLARATION.exec(start);
  if (!declaration) {
    throw new XmlFaultFound('syntax');
  }
  if (!ENCODINGS.has((declaration[4] ?? 'utf-8').toLowerCase())) {
    throw new XmlFaultFound('encoding');
  }
  return at + declaration[0].length;
}
