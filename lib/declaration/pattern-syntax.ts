/** A piece of a pattern. */
export type Piece =
  | { readonly kind: 'set'; readonly ranges: Ranges }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Piece[] }
  | { readonly kind: 'repeat'; readonly part: Piece; readonly min: number; readonly max: number }
  | { readonly kind: 'start' | 'assertion' };

/** Code points, as pairs of first and last. */
export type Ranges = readonly (readonly [first: number, last: number])[];

const LAST = 0x10ffff;
const ANY: Ranges = [[0, LAST]];
const DIGIT: Ranges = [[0x30, 0x39]];
const WORD: Ranges = [[0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const SPACE: Ranges = [[0x09, 0x0d], [0x20, 0x20], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff]];
const CLASSES: { readonly [escape: string]: Ranges } = { d: DIGIT, D: without(DIGIT), w: WORD, W: without(WORD), s: SPACE, S: without(SPACE) };
const CONTROLS: { readonly [escape: string]: number } = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

/**
 * Reads a regular expression of ECMAScript as far as its running time can be told.
 *
 * Undefined for back references and for what looks ahead or behind: those are no regular expressions to a mathematician.
 */
export function patternSyntax(pattern: string): Piece | undefined {
  try {
    return new PatternReader(pattern).read();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Unreadable extends Error {}

class PatternReader {
  private at = 0;

  public constructor(private readonly text: string) {}

  public read(): Piece {
    const piece = this.choice();
    if (this.at < this.text.length) throw new Unreadable();
    return piece;
  }

  private choice(): Piece {
    const parts = [this.sequence()];
    while (this.taken('|')) parts.push(this.sequence());
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  private sequence(): Piece {
    const parts: Piece[] = [];
    while (this.at < this.text.length && !'|)'.includes(this.text[this.at]!)) parts.push(this.repeated(this.atom()));
    return { kind: 'sequence', parts };
  }

  private repeated(part: Piece): Piece {
    const [quantifier, min, comma, max] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(this.text.slice(this.at)) ?? [];
    if (quantifier === undefined) return part;
    this.at += quantifier.length;
    if (min !== undefined) return { kind: 'repeat', part, min: Number(min), max: max ? Number(max) : comma ? Infinity : Number(min) };
    return { kind: 'repeat', part, min: quantifier.startsWith('+') ? 1 : 0, max: quantifier.startsWith('?') ? 1 : Infinity };
  }

  private atom(): Piece {
    if (this.taken('(')) return this.group();
    if (this.taken('[')) return { kind: 'set', ranges: this.characterClass() };
    if (this.taken('.')) return { kind: 'set', ranges: ANY };
    if (this.taken('^')) return { kind: 'start' };
    if (this.taken('$')) return { kind: 'assertion' };
    if (this.taken('\\b') || this.taken('\\B')) return { kind: 'assertion' };
    return { kind: 'set', ranges: this.character(false) };
  }

  private group(): Piece {
    if (this.taken('?') && !this.taken(':')) {
      const [name] = /^<[A-Za-z_$][\w$]*>/.exec(this.text.slice(this.at)) ?? [];
      if (name === undefined) throw new Unreadable();
      this.at += name.length;
    }
    const piece = this.choice();
    if (!this.taken(')')) throw new Unreadable();
    return piece;
  }

  private characterClass(): Ranges {
    const negated = this.taken('^');
    const ranges: (readonly [number, number])[] = [];
    while (!this.taken(']')) {
      const from = this.character(true);
      const single = from.length === 1 && from[0]![0] === from[0]![1];
      if (single && this.text[this.at] === '-' && this.text[this.at + 1] !== ']') {
        this.at += 1;
        const to = this.character(true);
        ranges.push([from[0]![0], to.at(-1)![1]]);
      } else ranges.push(...from);
    }
    return negated ? without(ranges) : ranges;
  }

  private character(inClass: boolean): Ranges {
    const point = this.text.codePointAt(this.at);
    if (point === undefined) throw new Unreadable();
    if (!this.taken('\\')) {
      this.at += String.fromCodePoint(point).length;
      return [[point, point]];
    }
    const [escape, code] = /^(?:u\{([0-9a-fA-F]+)\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|c[A-Za-z]|[^])/u.exec(this.text.slice(this.at)) ?? [];
    if (escape === undefined) throw new Unreadable();
    this.at += escape.length;
    return this.escaped(escape, code, inClass);
  }

  private escaped(escape: string, code: string | undefined, inClass: boolean): Ranges {
    const single = (point: number): Ranges => [[point, point]];
    if (/^[pP]\{/.test(escape)) return ANY;
    if (/^[ux]./.test(escape)) return single(parseInt(code ?? escape.slice(1), 16));
    if (/^c[A-Za-z]$/.test(escape)) return single(escape.charCodeAt(1) % 32);
    if (CLASSES[escape]) return CLASSES[escape];
    if (CONTROLS[escape] !== undefined) return single(CONTROLS[escape]);
    if (inClass && escape === 'b') return single(8);
    if (/[1-9k]/.test(escape)) throw new Unreadable();
    return single(escape.codePointAt(0)!);
  }

  private taken(text: string): boolean {
    const found = this.text.startsWith(text, this.at);
    if (found) this.at += text.length;
    return found;
  }
}

function without(ranges: Ranges): Ranges {
  const rest: (readonly [number, number])[] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort(([left], [right]) => left - right)) {
    if (first > next) rest.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  return next <= LAST ? [...rest, [next, LAST]] : rest;
}
