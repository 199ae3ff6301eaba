/** Tags of X.690 that certificates and revocation lists are made of. */
export const TAG = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, objectIdentifier: 0x06, utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30,
  /** Context-specific and constructed: `[n] EXPLICIT`. */
  explicit: (number: number) => 0xa0 | number,
} as const;

/** Longer than any document that is read here. */
const MOST_LENGTH_OCTETS = 4;

/** One element: its octets with the header, and what they hold. */
export interface DerElement {
  readonly tag: number;
  readonly raw: Buffer;
  readonly content: Buffer;
}

/**
 * Reads the elements of a DER value one after another (X.690 sections 8.1 and 10.1), never beyond its end.
 *
 * One spelling only: definite lengths in their shortest form and tags of one octet, so that what was signed is what is read.
 */
export class DerReader {
  private at = 0;

  constructor(private readonly octets: Buffer) {}

  /** The one element that the octets are. @throws Error where they are anything else */
  static only(octets: Buffer, tag: number): DerElement {
    const reader = new DerReader(octets);
    const element = reader.next(tag);
    reader.end();
    return element;
  }

  /** True where the next element has the tag. */
  has(tag: number): boolean {
    return this.octets[this.at] === tag;
  }

  get isAtEnd(): boolean {
    return this.at === this.octets.length;
  }

  /** @throws Error where the next element is another, or not DER */
  next(...tags: readonly number[]): DerElement {
    const { octets, at } = this;
    const tag = octets[at];
    if (tag === undefined || (tags.length > 0 && !tags.includes(tag)) || (tag & 0x1f) === 0x1f) {
      throw new Error('an element is missing or of another type');
    }
    const { start, length } = this.length(at + 1);
    if (length > octets.length - start) {
      throw new Error('an element ends after what holds it');
    }
    this.at = start + length;
    return { tag, raw: octets.subarray(at, this.at), content: octets.subarray(start, this.at) };
  }

  /** The next element, where it has the tag. */
  optional(...tags: readonly number[]): DerElement | undefined {
    return tags.some((tag) => this.has(tag)) ? this.next(...tags) : undefined;
  }

  /** @throws Error where there is more */
  end(): void {
    if (!this.isAtEnd) {
      throw new Error('there is more than there should be');
    }
  }

  private length(at: number): { readonly start: number; readonly length: number } {
    const first = this.octets[at] ?? 0x80;
    if (first < 0x80) {
      return { start: at + 1, length: first };
    }
    const count = first & 0x7f;
    const start = at + 1 + count;
    if (count === 0 || count > MOST_LENGTH_OCTETS || start > this.octets.length) {
      throw new Error('a length is indefinite or too long');
    }
    const length = this.octets.readUIntBE(at + 1, count);
    if (length < 0x80 || length < 2 ** (8 * (count - 1))) {
      throw new Error('a length is not in its shortest form');
    }
    return { start, length };
  }
}

/** The content of an INTEGER in hexadecimal, one spelling for each number. @throws Error where it is not the shortest */
export function integerHex({ content }: DerElement): string {
  const [first, second = 0] = content;
  const padded = content.length > 1 && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (first === undefined || padded) {
    throw new Error('an integer is not in its shortest form');
  }
  return content.toString('hex');
}

/** A number that is not negative. @throws Error where it is */
export function naturalNumber(element: DerElement): bigint {
  const hex = integerHex(element);
  if (element.content[0]! >= 0x80) {
    throw new Error('a number is negative');
  }
  return BigInt(`0x${hex}`);
}

/** The content of a BIT STRING of whole octets, or of any length where unused bits are allowed. @throws Error */
export function bits({ content }: DerElement, unusedBits = 0): Buffer {
  const unused = content[0] ?? 8;
  if (unused > unusedBits) {
    throw new Error('a bit string does not end where it should');
  }
  return content.subarray(1);
}

const TIMES: Readonly<Record<number, RegExp>> = {
  [TAG.utcTime]: /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/,
  [TAG.generalizedTime]: /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/,
};

/** Milliseconds since the epoch of a time as RFC 5280 writes it (sections 5.1.2.4 to 5.1.2.6). @throws Error where it is written otherwise */
export function time({ tag, content }: DerElement): number {
  const parts = TIMES[tag]?.exec(content.toString('latin1'));
  if (!parts) {
    throw new Error('a time is not written as in RFC 5280');
  }
  const [year = '', ...rest] = parts.slice(1);
  // Two digits mean 1950 to 2049.
  const century = year.length === 4 ? '' : Number(year) >= 50 ? '19' : '20';
  const [month, day, hour, minute, second] = rest;
  const text = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const at = Date.parse(text);
  // The 30th of February is taken for a day of March.
  if (Number.isNaN(at) || new Date(at).toISOString() !== text) {
    throw new Error('a time is no time');
  }
  return at;
}
