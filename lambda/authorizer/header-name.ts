import { OVERRIDE_HEADERS, RESERVED_HEADERS } from '../../lib/contract/reserved-header';

/** What is to know of the name of a header, whoever sends it. */
export interface HeaderName {
  /** As servers read it that take `_` or `.` for `-` (CGI, WSGI, PHP); lower case. */
  readonly spelling: string;
  /**
   * Whether it overrides what is authorized, or is another header to such a server: the gateway overwrites `X-Forwarded-Host`, and
   * lets `X_Forwarded_Host` through to the backend. The web ACL knows names as they are spelled only.
   */
  readonly isAmbiguous: boolean;
}

const USUAL = /^[a-z0-9-]*$/;
const RESERVED = new RegExp(`^(?:${RESERVED_HEADERS.map((name) => (name.endsWith('-') ? `${name}.*` : name)).join('|')})$`);

/** Names met before: every request has nearly the same ones, and to judge them anew takes longer than to find them. */
const known = new Map<string, HeaderName>();
const MAX_KNOWN = 256;
const MAX_KNOWN_LENGTH = 64;

/** Reads the name of a header, as it was sent. */
export function headerName(name: string): HeaderName {
  return known.get(name) ?? learned(name);
}

function learned(name: string): HeaderName {
  const read = judged(name.toLowerCase());
  if (name.length <= MAX_KNOWN_LENGTH) {
    // Whoever floods it with names costs others a second look at theirs, and no memory.
    if (known.size >= MAX_KNOWN) {
      known.clear();
    }
    known.set(name, read);
  }
  return read;
}

function judged(lowerCase: string): HeaderName {
  if (USUAL.test(lowerCase)) {
    return { spelling: lowerCase, isAmbiguous: OVERRIDE_HEADERS.includes(lowerCase) };
  }
  const spelling = lowerCase.replace(/[^a-z0-9]/g, '-');
  return { spelling, isAmbiguous: RESERVED.test(spelling) };
}
