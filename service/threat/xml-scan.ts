import { type XmlFault, XmlFaultFound } from './xml-fault';
import type { XmlLimits } from './xml-limits';
import { startOfContent } from './xml-prologue';
import { isKnownReference, REFERENCE_BYTES } from './xml-reference';

const TAB = 9, LINE_FEED = 10, CARRIAGE_RETURN = 13, SPACE = 32, EXCLAMATION = 33, QUOTE = 34, AMPERSAND = 38, APOSTROPHE = 39, HYPHEN = 45,
  SLASH = 47, COLON = 58, SEMICOLON = 59, LESS = 60, EQUALS = 61, GREATER = 62, QUESTION = 63, CLOSE_BRACKET = 93, UNDERSCORE = 95;

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
    this.depth = 0;
    this.open.fill(0);
    try {
      this.document();
      return undefined;
    } catch (error) {
      if (error instanceof XmlFaultFound) {
        return error.fault;
      }
      throw error;
    } finally {
      this.bytes = Buffer.alloc(0);
    }
  }

  private document(): void {
    this.at = startOfContent(this.bytes);
    while (this.at < this.bytes.length) {
      if (this.bytes[this.at] === LESS) {
        this.markup();
      } else {
        this.text();
      }
    }
    if (this.depth > 0 || this.open[2] !== 1) {
      throw new XmlFaultFound('syntax');
    }
  }

  private markup(): void {
    const next = this.bytes[this.at + 1];
    if (next === SLASH) {
      this.endTag();
    } else if (next === QUESTION) {
      throw new XmlFaultFound('processingInstruction');
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
        throw new XmlFaultFound('syntax');
      }
      this.at = end + 3;
    } else if (this.isHere('<![CDATA[')) {
      if (this.depth === 0) {
        throw new XmlFaultFound('syntax');
      }
      this.at = this.endOf(']]>', this.at + 9) + 3;
    } else {
      throw new XmlFaultFound(this.isHere('<!') && isLetter(this.bytes[this.at + 2] ?? 0) ? 'documentType' : 'syntax');
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
        throw new XmlFaultFound('syntax');
      }
      this.attribute(attributes);
      attributes += 1;
    }
  }

  private enter(start: number, end: number): void {
    const parent = this.depth * 3 + 2;
    this.open[parent]! += 1;
    if (this.depth === 0 && this.open[parent]! > 1) {
      throw new XmlFaultFound('syntax');
    }
    if (this.open[parent]! > this.limits.childElements) {
      throw new XmlFaultFound('childElements');
    }
    this.depth += 1;
    if (this.depth > this.limits.depth) {
      throw new XmlFaultFound('depth');
    }
    this.open[this.depth * 3] = start;
    this.open[this.depth * 3 + 1] = end;
    this.open[this.depth * 3 + 2] = 0;
  }

  private attribute(index: number): void {
    if (index >= this.limits.attributes) {
      throw new XmlFaultFound('attributes');
    }
    const start = this.at;
    const end = this.name();
    for (let earlier = 0; earlier < index; earlier += 1) {
      if (this.isSame(this.attributeNames[earlier * 2]!, this.attributeNames[earlier * 2 + 1]!, start, end)) {
        throw new XmlFaultFound('syntax');
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
      throw new XmlFaultFound('syntax');
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
        throw new XmlFaultFound('syntax');
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
      throw new XmlFaultFound('syntax');
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
        throw new XmlFaultFound('syntax');
      }
    }
    this.limitText(start, this.at);
    for (let outside = start; this.depth === 0 && outside < this.at; outside += 1) {
      if (BLANK[this.bytes[outside]!] === 0) {
        throw new XmlFaultFound('syntax');
      }
    }
  }

  private reference(): void {
    const end = this.bytes.subarray(this.at, this.at + REFERENCE_BYTES).indexOf(SEMICOLON);
    const name = end < 0 ? '' : this.bytes.toString('latin1', this.at + 1, this.at + end);
    if (!isKnownReference(name)) {
      throw new XmlFaultFound('entity');
    }
    this.at += end + 1;
  }

  /** Moves behind a name and says where that is. */
  private name(): number {
    const start = this.at;
    if (NAME_START[this.byte()] === 0) {
      throw new XmlFaultFound('syntax');
    }
    while (IN_NAME[this.byte()] === 1) {
      this.at += 1;
    }
    if (this.at - start > this.limits.nameBytes) {
      throw new XmlFaultFound('nameBytes');
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
      throw new XmlFaultFound('syntax');
    }
    return byte;
  }

  private expect(at: number, byte: number): void {
    if (this.bytes[at] !== byte) {
      throw new XmlFaultFound('syntax');
    }
  }

  private endOf(end: string, from: number): number {
    const at = this.bytes.indexOf(end, from, 'latin1');
    if (at < 0) {
      throw new XmlFaultFound('syntax');
    }
    this.limitText(from, at);
    for (let inside = from; inside < at; inside += 1) {
      const byte = this.bytes[inside]!;
      if (byte < SPACE && BLANK[byte] === 0) {
        throw new XmlFaultFound('syntax');
      }
    }
    return at;
  }

  private limitText(start: number, end: number): void {
    if (end - start > this.limits.textBytes) {
      throw new XmlFaultFound('textBytes');
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
