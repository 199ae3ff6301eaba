const BLANK = '[\\t\\n\\f\\r ]';
const NUMBER = `${BLANK}{1,32}\\d{1,10}`;
const REFERENCE = `${NUMBER}${NUMBER}${BLANK}{1,32}R`;
const ENTRIES = [
  `Type${BLANK}{0,32}/ObjStm`, `N${NUMBER}`, `First${NUMBER}`, `Length(?:${REFERENCE}|${NUMBER})`, `Extends${REFERENCE}`,
  `Filter${BLANK}{0,32}(?:/FlateDecode|\\[${BLANK}{0,32}/FlateDecode${BLANK}{0,32}\\])`, `DecodeParms${BLANK}{1,32}null`,
];
/** An object stream as everybody writes it: nothing in its dictionary that could be read in two ways, or that leads elsewhere. */
const PLAIN = new RegExp(`obj${BLANK}{0,32}<<(?:${BLANK}{0,32}/(?:${ENTRIES.join('|')}))+${BLANK}{0,32}>>${BLANK}{0,32}stream\\r?\\n`, 'g');

const END_OF_NAME = '(?=[\\s\\0/<>()\\[\\]{}%]|$)';
const REGULAR = '[^\\s\\0/<>()\\[\\]{}%]';
/** Names that mark an object stream: many readers ask for its first offset only, and not for its type. */
const MARKS = new RegExp(`/(?:First|ObjStm|${REGULAR}{0,64}#${REGULAR}{0,64})${END_OF_NAME}`, 'g');
const WORD = new RegExp(`${REGULAR}+`, 'y');
const ORDINARY_WORD = /^(?:true|false|null|R|[+-]?[\d.]+)$/;

/** Longest way from such a name to the end of its object, and of all of them together. */
const WAY_BYTES = 16_384;
const ALL_WAYS_BYTES = 64 * 1024 * 1024;

/**
 * Where the data of each object stream of a PDF begins.
 *
 * A dictionary may hide its type, its filter or where its data begins: in comments and texts, behind references, in spelled names.
 * So a stream that could be one is plain, or refused.
 *
 * @throws Error where one is not plain, or there are too many
 */
export function objectStreamData(text: string, most: number): number[] {
  const plain = [...text.matchAll(PLAIN)].map((found) => ({ start: found.index, data: found.index + found[0].length }));
  if (plain.length > most) throw new Error('too many object streams');
  let next = 0;
  let room = ALL_WAYS_BYTES;
  for (const { 0: spelled, index } of text.matchAll(MARKS)) {
    while (next < plain.length && plain[next]!.data <= index) next += 1;
    if (next < plain.length && index >= plain[next]!.start) continue;
    const name = spelled.replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
    if (name === '/ObjStm') throw new Error('an object stream that is not plain');
    if (name !== '/First') continue;
    const end = endOfObject(text, index + spelled.length);
    room -= end - index;
    if (room < 0) throw new Error('too much to look through');
  }
  return plain.map(({ data }) => data);
}

/** The end of an object that a name stands in, which is no stream: an outline has a first entry too. @throws Error where it is one, or that is not clear */
function endOfObject(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < from + WAY_BYTES && at < text.length;) {
    const character = text[at]!;
    if (character === '%') at = endOfLine(text, at);
    else if (character === '(') at = endOfText(text, at);
    else if (text.startsWith('<<', at)) { depth += 1; at += 2; }
    else if (text.startsWith('>>', at)) { depth -= 1; at += 2; }
    else if (/[/[\]<>{}\s\0]/.test(character)) at += character === '/' ? 1 + word(text, at + 1).length : 1;
    else {
      const found = word(text, at);
      // Behind the end of its dictionary only: a reader that is lenient passes over it inside.
      if (found === 'endobj' && depth < 0) return at;
      if (!ORDINARY_WORD.test(found)) break;
      at += found.length;
    }
  }
  throw new Error('a stream that could hold objects');
}

function word(text: string, at: number): string {
  WORD.lastIndex = at;
  return WORD.exec(text)?.[0] ?? '';
}

function endOfLine(text: string, at: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = at;
  return end.exec(text)?.index ?? text.length;
}

/** Behind a text in parentheses, which may hold others. */
function endOfText(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < start + WAY_BYTES && at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
