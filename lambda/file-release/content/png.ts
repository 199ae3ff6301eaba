import { crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_BYTES = 13;
/** Length, type and checksum of a chunk. */
const FRAME_BYTES = 12;

/** Walks the chunks of a PNG image (W3C PNG, section 5): each intact, the header first, the end last, nothing behind it. */
export function pngFault(content: Buffer): string | undefined {
  if (!content.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return 'no PNG signature';
  let seenData = false;
  for (let at = SIGNATURE.length; at + FRAME_BYTES <= content.length;) {
    const length = content.readUInt32BE(at);
    const type = content.toString('latin1', at + 4, at + 8);
    const end = at + FRAME_BYTES + length;
    if (end > content.length) return 'a chunk beyond the end';
    if ((at === SIGNATURE.length) !== (type === 'IHDR' && length === HEADER_BYTES)) return 'the header is not the first chunk';
    if (crc32(content.subarray(at + 4, end - 4)) !== content.readUInt32BE(end - 4)) return 'a damaged chunk';
    if (type === 'IEND') return endFault(seenData, content.length - end);
    seenData ||= type === 'IDAT';
    at = end;
  }
  return 'no end chunk';
}

function endFault(seenData: boolean, behind: number): string | undefined {
  if (!seenData) return 'no image data';
  return behind === 0 ? undefined : 'something behind the image';
}
