import type { JsonLimits } from './json-limits';

/** Which limit a body exceeds, or that it is not JSON at all. */
export type JsonFault = keyof JsonLimits | 'syntax';

/** What a scan of a body found. */
export interface JsonScan {
  readonly fault?: JsonFault;
  /** Members written in all objects together. */
  readonly members: number;
  /** True where a text could be a name that reaches a prototype: it is spelled like one, or escaped. */
  readonly suspicious?: boolean;
}

const QUOTE = 34, COMMA = 44, COLON = 58, BACKSLASH = 92, UNDERSCORE = 95, LETTER_C = 99, OPEN_OBJECT = 123, CLOSE_OBJECT = 125;
/** The bit that brackets lack of braces. */
const BRACE = 32;
const PROTO_LENGTH = '__proto__'.length, CONSTRUCTOR_LENGTH = 'constructor'.length;
const IN_NUMBER = table([...'0123456789+-.Ee'].map((character) => character.charCodeAt(0)));

function table(bytes: readonly number[]): Uint8Array {
  const marked = new Uint8Array(256);
  for (const byte of bytes) {
    marked[byte] = 1;
  }
  return marked;
}

/** Memory up to this size is kept from body to body; more would be held for bodies that hardly ever come. */
const KEPT_BYTES = 4_194_304;
/** No character takes more bytes in UTF-8, so that a text which does not fit fills all but fewer than these. */
const CHARACTER_BYTES = 4;
/** Bytes of a string that are read one by one; to look for the end of a longer one by a call is quicker. */
const NEAR_BYTES = 48;
/** Quotes behind a text, so that what looks for the end of a string need not look for the end of the text: one more than an escape skips. */
const SENTINELS = 2;

/**
 * Reads a JSON text once, as tokens, and stops at the first limit that it exceeds.
 *
 * `JSON.parse` judges the grammar afterwards: a scan only has to make sure that parsing is cheap. Over bytes, because those are
 * read in half the time of characters, and no byte of a longer UTF-8 sequence is one that is looked for.
 */
export class JsonScanner {
  /** Of each object or array around the innermost one: its commas so far, and whether it is an object. Kept, because a small body is read in less time than they are made. */
  private readonly commas: Int32Array;
  private readonly objects: Uint8Array;
  private kept = Buffer.alloc(0);

  constructor(private readonly limits: JsonLimits) {
    this.commas = new Int32Array(limits.depth + 1);
    this.objects = new Uint8Array(limits.depth + 1);
  }

  /** Scans a text. */
  scan(body: string | Buffer): JsonScan {
    const { bodyBytes } = this.limits;
    // A character takes a byte at least, so that nothing is encoded of what is too long anyway.
    if (body.length > bodyBytes) {
      return { fault: 'bodyBytes', members: 0 };
    }
    const memory = this.memory(Math.min(body.length, bodyBytes / CHARACTER_BYTES + 1) * CHARACTER_BYTES);
    const length = typeof body === 'string' ? memory.write(body, 'utf8') : body.copy(memory);
    if (length > bodyBytes) {
      return { fault: 'bodyBytes', members: 0 };
    }
    memory[length] = QUOTE;
    memory[length + 1] = QUOTE;
    return this.scanned(memory, length, typeof body === 'string' ? body.includes('\\') : body.includes(BACKSLASH));
  }

  private memory(bytes: number): Buffer {
    const needed = bytes + SENTINELS;
    if (needed > KEPT_BYTES) {
      return Buffer.allocUnsafe(needed);
    }
    if (needed > this.kept.length) {
      this.kept = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.kept.length));
    }
    return this.kept;
  }

  /** @param escapes whether there may be a backslash; most bodies have none, and their strings end at the next quote */
  private scanned(bytes: Buffer, length: number, escapes: boolean): JsonScan {
    const { objectMembers, arrayItems, textBytes, nameBytes, numberCharacters, depth: deepest } = this.limits;
    const { commas, objects } = this;
    let members = 0;
    let depth = 0;
    let separated = 0;
    let most = arrayItems;
    let suspicious = false;
    let at = 0;
    objects[0] = 0;
    // Comparisons in the order of what is common: a table of bytes takes a third longer.
    while (at < length) {
      const byte = bytes[at++]!;
      if (byte === QUOTE) {
        const start = at;
        if (escapes) {
          let next = bytes[at];
          while (next !== QUOTE) {
            if (next === BACKSLASH) {
              suspicious = true;
              at += 1;
            }
            at += 1;
            next = bytes[at];
          }
        } else {
          const far = start + NEAR_BYTES;
          // Four a turn, because to look whether it is far takes as long as to look at a byte.
          do {
            if (bytes[at] === QUOTE || bytes[++at] === QUOTE || bytes[++at] === QUOTE || bytes[++at] === QUOTE) {
              break;
            }
            at += 1;
          } while (at !== far);
          if (at === far) {
            at = bytes.indexOf(QUOTE, at);
          }
        }
        if (at >= length) {
          return { fault: 'syntax', members };
        }
        const size = at - start;
        at += 1;
        if (size > textBytes) {
          return { fault: 'textBytes', members };
        }
        // A text is a name where a colon follows; that is looked at only where the text is too long for one.
        if (size > nameBytes && isName(bytes, at, length)) {
          return { fault: 'nameBytes', members };
        }
        if ((size === PROTO_LENGTH && bytes[start] === UNDERSCORE) || (size === CONSTRUCTOR_LENGTH && bytes[start] === LETTER_C)) {
          suspicious = true;
        }
        // Nearly always a colon follows a name, and is read here without the comparisons above.
        if (bytes[at] === COLON) {
          members += 1;
          at += 1;
        }
      } else if (byte === COMMA) {
        separated += 1;
        if (separated >= most) {
          return { fault: objects[depth] === 1 ? 'objectMembers' : 'arrayItems', members };
        }
      } else if (byte < COLON) {
        if (IN_NUMBER[byte] === 1) {
          const start = at - 1;
          while (IN_NUMBER[bytes[at]!] === 1) {
            at += 1;
          }
          if (at - start > numberCharacters) {
            return { fault: 'numberCharacters', members };
          }
        }
      } else if ((byte | BRACE) === OPEN_OBJECT) {
        commas[depth] = separated;
        depth += 1;
        if (depth > deepest) {
          return { fault: 'depth', members };
        }
        separated = 0;
        objects[depth] = byte === OPEN_OBJECT ? 1 : 0;
        most = byte === OPEN_OBJECT ? objectMembers : arrayItems;
      } else if ((byte | BRACE) === CLOSE_OBJECT) {
        depth -= 1;
        if (depth < 0) {
          return { fault: 'syntax', members };
        }
        separated = commas[depth]!;
        most = objects[depth] === 1 ? objectMembers : arrayItems;
      } else if (byte === COLON) {
        members += 1;
      }
    }
    return { members, suspicious };
  }
}

/** True where the next byte from a place that is no white space is a colon. */
function isName(bytes: Buffer, from: number, length: number): boolean {
  let at = from;
  while (at < length && bytes[at]! <= 32) {
    at += 1;
  }
  return at < length && bytes[at] === COLON;
}
