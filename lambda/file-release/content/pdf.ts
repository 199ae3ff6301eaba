import { inflateSync } from 'node:zlib';
import { objectStreamData } from './pdf-object-streams';

const HEADER = /^%PDF-[12]\.\d[\s%]/;
/** Whatever follows the last end-of-file marker belongs to something else. */
const END = /startxref\s+\d+\s+%%EOF\s*$/;

/** Names (ISO 32000-2) of what acts, carries another file, or hides the rest of the document from a scanner. */
const REFUSED_NAMES = ['JavaScript', 'Launch', 'EmbeddedFile', 'EmbeddedFiles', 'RichMedia', 'XFA', 'Encrypt', 'ImportData', 'SubmitForm'];
const REFUSED = new RegExp(`/(${REFUSED_NAMES.join('|')})(?![A-Za-z0-9])`);

/** A rendition action runs a script of this name (ISO 32000-2, table 218); alone, its three letters stand in any compressed image. */
const SCRIPT = /\/JS[\s\0]*(?:[(<%]|\d+[\s\0]+\d+[\s\0]+R)/;

/** A name may spell its characters as `#4a` (ISO 32000-2, 7.3.5). */
const ESCAPE = /#([0-9a-fA-F]{2})/g;

/** The most that all object streams may hold. */
const MOST_INFLATED_BYTES = 64 * 1024 * 1024;
/** Each costs time however little it holds; a document of ten thousand pages has a few hundred. */
const MOST_STREAMS = 10_000;

/** Looks for a document from the first byte to the last, without active content, attachments or encryption. */
export function pdfFault(content: Buffer): string | undefined {
  const text = content.toString('latin1');
  if (!HEADER.test(text)) return 'no PDF header at the start';
  if (!END.test(text.slice(-2048))) return 'no PDF end at the end';
  try {
    const found = [text, ...objectStreams(content, text)].map(activeName).find((name) => name !== undefined);
    return found && `holds /${found}`;
  } catch {
    return 'an object stream that cannot be read';
  }
}

function activeName(part: string): string | undefined {
  const names = unescaped(part);
  return REFUSED.exec(names)?.[1] ?? (SCRIPT.test(names) ? 'JS' : undefined);
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Objects may lie in compressed streams, where a search of the file would miss them. @throws Error where one cannot be read */
function objectStreams(content: Buffer, text: string): string[] {
  let room = MOST_INFLATED_BYTES;
  return objectStreamData(text, MOST_STREAMS).map((start) => {
    const inflated = inflateSync(content.subarray(start), { maxOutputLength: Math.max(1, room) });
    room -= inflated.length;
    return inflated.toString('latin1');
  });
}
