const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
/** Any number of these may stand before a marker. */
const FILL = 0xff;

/**
 * Walks the segments of a JPEG image (ITU-T T.81, annex B) to its end.
 *
 * Cameras put further whole images behind the first one (CIPA DC-007); nothing else may follow.
 */
export function jpegFault(content: Buffer): string | undefined {
  let at = 0;
  do {
    const end = endOfImage(content, at);
    if (end === undefined) return at === 0 ? 'no whole JPEG image' : 'something behind the image';
    at = end;
    while (at < content.length && content[at] === 0) at += 1;
  } while (at < content.length);
  return undefined;
}

/** Where the image ends that starts at `at`; undefined where there is none. */
function endOfImage(content: Buffer, start: number): number | undefined {
  if (content[start] !== 0xff || content[start + 1] !== START_OF_IMAGE || content[start + 2] !== 0xff) return undefined;
  let scanned = false;
  for (let at = start + 2; at + 1 < content.length;) {
    if (content[at] !== 0xff) return undefined;
    const marker = content[at + 1]!;
    if (marker === FILL) {
      at += 1;
      continue;
    }
    if (marker === END_OF_IMAGE) return scanned ? at + 2 : undefined;
    if (marker < 0xc0 || marker === START_OF_IMAGE || at + 4 > content.length) return undefined;
    const segment = content.readUInt16BE(at + 2);
    if (segment < 2) return undefined;
    at += 2 + segment;
    if (marker === START_OF_SCAN) {
      scanned = true;
      at = endOfScan(content, at);
    }
  }
  return undefined;
}

/** Where the next marker lies behind entropy-coded data, in which 0xff is followed by 0 or a restart marker. */
function endOfScan(content: Buffer, start: number): number {
  for (let at = content.indexOf(0xff, start); at !== -1; at = content.indexOf(0xff, at + 1)) {
    const next = content[at + 1]!;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return content.length;
}
