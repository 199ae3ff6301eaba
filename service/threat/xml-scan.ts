import type { XmlLimits } from './xml-limits';

/** Which limit a body exceeds, what it brings that no request needs, or that it is not well-formed. */
export type XmlFault = keyof XmlLimits | 'syntax' | 'encoding' | 'documentType' | 'entity' | 'processingInstruction';

const TAB = 9, LINE_FEED = 10, CARRIAGE_RETURN = 13, SPACE = 32, EXCLAMATION = 33, QUOTE = 34, HASH = 35, AMPERSAND = 38, APOSTROPHE = 39, HYPHEN = 45,
  SLASH = 47, COLON = 58, SEMICOLON = 59, LESS = 60, EQUALS = 61, GREATER = 62, QUESTION = 63, CLOSE_BRACKET = 93, UNDERSCORE = 95;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** Longest reference that is looked for the end of: `&#x10FFFF;` with leading zeros enough for anybody. */
const REFERENCE_BYTES = 16;
const PREDEFINED = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);
/** XML 1.0 in UTF-8 or its subset: what a parser makes of another encoding is not what was scanned. */
const DECLARATION = /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.0\1([ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z0-9._-]{1,40})\3)?([ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\6)?[ \t\r\n]*\?>/;
const DECLARATION_BYTES = 256;
const ENCODINGS = new Set(['utf-8', 'us-ascii']);

/** Whatever a name may begin with, and go on with; bytes of longer UTF-8 sequences are taken for letters. */
const NAME_START = marked((byte) => isLetter(byte) || byte === UNDERSCORE || byte === COLON || byte >= 128);
const IN_NAME = marked((byte) => NAME_START[byte] === 1 || isDigit(byte) || byte === HYPHEN || byte === 46);
const BLANK = marked((byte) => byte === TAB || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === SPACE);
/** Bytes that a scan stops at in a text: markup, references, and control characters, which XML has no place for. */
const STOPS = marked((byte) => byte === LESS || byte === AMPERSAND || byte === GREATER || (byte < SPACE && BLANK[byte] === 0) || byte === 127);

function marked(isMarked: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => Number(isMarked(byte)));
}

function isLetter(byte: number): boolean {
  const lower = byte | 32;
  return lower >= 97 && lower <= 122;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

class Fault extends Error {
  constructor(readonly fault: XmlFault) {
    super(fault);
  }
}

/**
 * Reads an XML text once and stops at the first limit that it exceeds.
 *
 * Document types, entities of one's own and processing instructions are refused wherever they stand, so that a parser has nothing
 * to expand, fetch or run. What passes is well-formed but for the letters of its names and its namespaces, which a parser judges.
 */
export class XmlScanner {
  /** Of each open element: where its name begins and ends, and how many elements it has had inside. */
  private readonly open: Int32Array;
  private readonly attributeNames: Int32Array;
  private bytes: Buffer = Buffer.alloc(0);
  private at = 0;
  private depth = 0;

  constructor(private readonly limits: XmlLimits) {
    this.open = new Int32Array((limits.depth + 1) * 3);
    this.attributeNames = new Int32Array(limits.attributes * 2);
  }

  /** What is wrong with a text; undefined where nothing is. */
  scan(bytes: Buffer): XmlFault | undefined {
    if (bytes.length > this.limits.bodyBytes) {
      return 'bodyBytes';
    }
    this.bytes = bytes;
    this.at = 0;
    this.depth = 0;
    this.open.fill(0);
    try {
      this.document();
      return undefined;
    } catch (error) {
      if (error instanceof Fault) {
        return error.fault;
      }
      throw error;
    } finally {
      this.bytes = Buffer.alloc(0);
    }
  }

  private document(): void {
    this.prologue();
    while (this.at < this.bytes.length) {
      if (this.bytes[this.at] === LESS) {
        this.markup();
      } else {
        this.text();
      }
    }
    if (this.depth > 0 || this.open[2] !== 1) {
      throw new Fault('syntax');
    }
  }

  private prologue(): void {
    const { bytes } = this;
    // UTF-16 and UTF-32 have a zero or a mark of theirs among the first two bytes; either hides markup from a scan of bytes.
    if (bytes[0] === 0 || bytes[1] === 0 || bytes[0] === 0xfe || bytes[0] === 0xff) {
      throw new Fault('encoding');
    }
    this.at = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
    const start = bytes.toString('latin1', this.at, this.at + DECLARATION_BYTES);
    if (!/^<\?xml[ \t\r\n]/.test(start)) {
      return;
    }
    const declaration = DECLARATION.exec(start);
    if (!declaration) {
      throw new Fault('syntax');
    }
    if (!ENCODINGS.has((declaration[4] ?? 'utf-8').toLowerCase())) {
      throw new Fault('encoding');
    }
    this.at += declaration[0].length;
  }

  private markup(): void {
    const next = this.bytes[this.at + 1];
    if (next === SLASH) {
      this.endTag();
    } else if (next === QUESTION) {
      throw new Fault('processingInstruction');
    } else if (next === EXCLAMATION) {
      this.commentOrCharacterData();
    } else {
      this.startTag();
    }
  }

  private commentOrCharacterData(): void {
    if (this.isHere('<!--')) {
      // Two hyphens inside a comment are no XML, and parsers differ in where it ends.
      const end = this.endOf('--', this.at + 4);
      if (this.bytes[end + 2] !== GREATER) {
        throw new Fault('syntax');
      }
      this.at = end + 3;
    } else if (this.isHere('<![CDATA[')) {
      if (this.depth === 0) {
        throw new Fault('syntax');
      }
      this.at = this.endOf(']]>', this.at + 9) + 3;
    } else {
      throw new Fault(this.isHere('<!') && isLetter(this.bytes[this.at + 2] ?? 0) ? 'documentType' : 'syntax');
    }
  }

  private startTag(): void {
    this.at += 1;
    const start = this.at;
    const end = this.name();
    this.enter(start, end);
    let attributes = 0;
    for (;;) {
      const hasBlank = this.blank();
      const byte = this.bytes[this.at];
      if (byte === GREATER) {
        this.at += 1;
        return;
      }
      if (byte === SLASH) {
        this.expect(this.at + 1, GREATER);
        this.at += 2;
        this.depth -= 1;
        return;
      }
      if (!hasBlank) {
        throw new Fault('syntax');
      }
      this.attribute(attributes);
      attributes += 1;
    }
  }

  private enter(start: number, end: number): void {
    const parent = this.depth * 3 + 2;
    this.open[parent]! += 1;
    if (this.depth === 0 && this.open[parent]! > 1) {
      throw new Fault('syntax');
    }
    if (this.open[parent]! > this.limits.childElements) {
      throw new Fault('childElements');
    }
    this.depth += 1;
    if (this.depth > this.limits.depth) {
      throw new Fault('depth');
    }
    this.open[this.depth * 3] = start;
    this.open[this.depth * 3 + 1] = end;
    this.open[this.depth * 3 + 2] = 0;
  }

  private attribute(index: number): void {
    if (index >= this.limits.attributes) {
      throw new Fault('attributes');
    }
    const start = this.at;
    const end = this.name();
    for (let earlier = 0; earlier < index; earlier += 1) {
      if (this.isSame(this.attributeNames[earlier * 2]!, this.attributeNames[earlier * 2 + 1]!, start, end)) {
        throw new Fault('syntax');
      }
    }
    this.attributeNames[index * 2] = start;
    this.attributeNames[index * 2 + 1] = end;
    this.blank();
    this.expect(this.at, EQUALS);
    this.at += 1;
    this.blank();
    const quote = this.bytes[this.at];
    if (quote !== QUOTE && quote !== APOSTROPHE) {
      throw new Fault('syntax');
    }
    this.at += 1;
    this.value(quote);
  }

  private value(quote: number): void {
    const start = this.at;
    while (this.bytes[this.at] !== quote) {
      const byte = this.byte();
      if (byte === AMPERSAND) {
        this.reference();
      } else if (STOPS[byte] === 1 && byte !== GREATER) {
        throw new Fault('syntax');
      } else {
        this.at += 1;
      }
    }
    this.limitText(start, this.at);
    this.at += 1;
  }

  private endTag(): void {
    this.at += 2;
    const start = this.at;
    const end = this.name();
    if (this.depth === 0 || !this.isSame(this.open[this.depth * 3]!, this.open[this.depth * 3 + 1]!, start, end)) {
      throw new Fault('syntax');
    }
    this.blank();
    this.expect(this.at, GREATER);
    this.at += 1;
    this.depth -= 1;
  }

  private text(): void {
    const start = this.at;
    for (;;) {
      while (this.at < this.bytes.length && STOPS[this.bytes[this.at]!] === 0) {
        this.at += 1;
      }
      const byte = this.bytes[this.at];
      if (byte === undefined || byte === LESS) {
        break;
      }
      if (byte === AMPERSAND) {
        this.reference();
      } else if (byte === GREATER && !(this.bytes[this.at - 1] === CLOSE_BRACKET && this.bytes[this.at - 2] === CLOSE_BRACKET)) {
        this.at += 1;
      } else {
        throw new Fault('syntax');
      }
    }
    this.limitText(start, this.at);
    for (let outside = start; this.depth === 0 && outside < this.at; outside += 1) {
      if (BLANK[this.bytes[outside]!] === 0) {
        throw new Fault('syntax');
      }
    }
  }

  private reference(): void {
    const end = this.bytes.subarray(this.at, this.at + REFERENCE_BYTES).indexOf(SEMICOLON);
    const name = end < 0 ? '' : this.bytes.toString('latin1', this.at + 1, this.at + end);
    if (!PREDEFINED.has(name) && !isCharacter(name)) {
      throw new Fault('entity');
    }
    this.at += end + 1;
  }

  /** Moves behind a name and says where that is. */
  private name(): number {
    const start = this.at;
    if (NAME_START[this.byte()] === 0) {
      throw new Fault('syntax');
    }
    while (IN_NAME[this.byte()] === 1) {
      this.at += 1;
    }
    if (this.at - start > this.limits.nameBytes) {
      throw new Fault('nameBytes');
    }
    return this.at;
  }

  private blank(): boolean {
    const start = this.at;
    while (BLANK[this.byte()] === 1) {
      this.at += 1;
    }
    return this.at > start;
  }

  /** The byte here: inside a tag there is one, or the text ends too early. */
  private byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) {
      throw new Fault('syntax');
    }
    return byte;
  }

  private expect(at: number, byte: number): void {
    if (this.bytes[at] !== byte) {
      throw new Fault('syntax');
    }
  }

  private endOf(end: string, from: number): number {
    const at = this.bytes.indexOf(end, from, 'latin1');
    if (at < 0) {
      throw new Fault('syntax');
    }
    this.limitText(from, at);
    for (let inside = from; inside < at; inside += 1) {
      const byte = this.bytes[inside]!;
      if (byte < SPACE && BLANK[byte] === 0) {
        throw new Fault('syntax');
      }
    }
    return at;
  }

  private limitText(start: number, end: number): void {
    if (end - start > this.limits.textBytes) {
      throw new Fault('textBytes');
    }
  }

  private isHere(text: string): boolean {
    for (let index = 0; index < text.length; index += 1) {
      if (this.bytes[this.at + index] !== text.charCodeAt(index)) {
        return false;
      }
    }
    return true;
  }

  private isSame(start: number, end: number, otherStart: number, otherEnd: number): boolean {
    if (end - start !== otherEnd - otherStart) {
      return false;
    }
    for (let index = 0; index < end - start; index += 1) {
      if (this.bytes[start + index] !== this.bytes[otherStart + index]) {
        return false;
      }
    }
    return true;
  }
}

/** True for `#65` and `#x41`, where XML has a character of that number. */
function isCharacter(name: string): boolean {
  if (name.charCodeAt(0) !== HASH || !/^#(?:\d+|x[\dA-Fa-f]+)$/.test(name)) {
    return false;
  }
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code === TAB || code === LINE_FEED || code === CARRIAGE_RETURN
    || (code >= SPACE && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
