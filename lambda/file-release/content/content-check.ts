import type { FileMediaType } from '../../../lib/contract/file-uploads';
import { csvFault } from './csv';
import { jpegFault } from './jpeg';
import { pdfFault } from './pdf';
import { pngFault } from './png';

/** What is wrong with a content that should be of one type; undefined where it is of that type, from its first byte to its last. */
type ContentCheck = (content: Buffer) => string | undefined;

const CHECKS: Readonly<Record<FileMediaType, ContentCheck>> = {
  'application/pdf': pdfFault,
  'image/png': pngFault,
  'image/jpeg': jpegFault,
  'text/csv': csvFault,
};

/** Signature that ends a ZIP archive, and how far from its end it may lie (APPNOTE 4.3.16: a comment of 65,535 bytes). */
const END_OF_ARCHIVE = Buffer.from('PK\x05\x06', 'latin1');
const LONGEST_ARCHIVE_END = 22 + 65_535;

/** What is wrong with a content that was declared to be of a type. */
export function contentFault(type: FileMediaType, content: Buffer): string | undefined {
  // An archive is read from its end, so one that follows another file is both: an image with a Java archive behind it.
  if (content.subarray(-LONGEST_ARCHIVE_END).includes(END_OF_ARCHIVE)) return 'an archive is appended';
  return CHECKS[type](content);
}
