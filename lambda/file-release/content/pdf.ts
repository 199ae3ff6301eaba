import { inflateSync } from 'node:zlib';

const HEADER = /^%PDF-[12]\.\d[\s%]/;
/** Whatever follows the last end-of-file marker belongs to something else. */
const END = /startxref\s+\d+\s+%%EOF\s*$/;

/** Names (ISO 32000-2) of what acts, carries another file, or hides the rest of the document from a scanner. */
const REFUSED_NAMES = ['JavaScript', 'Launch', 'EmbeddedFile', 'EmbeddedFiles', 'RichMedia', 'XFA', 'Encrypt', 'ImportData', 'SubmitForm'];
const REFUSED = new RegExp(`/(${REFUSED_NAMES.join('|')})(?![A-Za-z0-9])`);

/** A name may spell its characters as `#4a` (ISO 32000-2, 7.3.5). */
const ESCAPE = /#([0-9a-fA-F]{2})/g;
const ESCAPED_NAME = /\/[^\s/<>()[\]{}%]*#[^\s/<>()[\]{}%]*/g;
/** Filters that would hide what an object stream holds, beside the one that is undone here. */
const OTHER_FILTERS = /\/(?:Predictor|Crypt|ASCII85Decode|ASCIIHexDecode|LZWDecode|RunLengthDecode)/;

/** How far from its type the data of an object stream begins, and the most that all of them may hold. */
const DICTIONARY_BYTES = 4096;
const MOST_INFLATED_BYTES = 64 * 1024 * 1024;
/** Each costs time however little it holds; a document of ten thousand pages has a few hundred. */
const MOST_STREAMS = 10_000;

/** Looks for a document from the first byte to the last, without active content, attachments or encryption. */
export function pdfFault(content: Buffer): string | undefined {
  const text = content.toString('latin1');
  if (!HEADER.test(text)) return 'no PDF header at the start';
  if (!END.test(text.slice(-2048))) return 'no PDF end at the end';
  try {
    const refused = [text, ...objectStreams(content, text)].map((part) => REFUSED.exec(unescaped(part))?.[1]).find((name) => name !== undefined);
    return refused && `holds /${refused}`;
  } catch {
    return 'an object stream that cannot be read';
  }
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Objects may lie in compressed streams, where a search of the file would miss them. @throws Error where one cannot be read */
function objectStreams(content: Buffer, text: string): string[] {
  for (const [name] of text.matchAll(ESCAPED_NAME)) {
    if (unescaped(name).startsWith('/ObjStm')) throw new Error('a hidden object stream');
  }
  const found = [...text.matchAll(/\/ObjStm/g)];
  if (found.length > MOST_STREAMS) throw new Error('too many object streams');
  let room = MOST_INFLATED_BYTES;
  return found.map(({ index }) => {
    const data = /stream\r?\n/.exec(text.slice(index, index + DICTIONARY_BYTES));
    if (data === null) throw new Error('no data');
    const start = index + data.index + data[0].length;
    if (OTHER_FILTERS.test(unescaped(text.slice(text.lastIndexOf(' obj', index), start)))) throw new Error('another filter');
    const inflated = inflateSync(content.subarray(start), { maxOutputLength: Math.max(1, room) });
    room -= inflated.length;
    return inflated.toString('latin1');
  });
}
