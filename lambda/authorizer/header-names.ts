import { OVERRIDE_HEADERS, RESERVED_HEADERS } from '../../lib/contract/reserved-header';
import { Refusal } from '../../runtime/refusal';

/** What few names are, and what needs a second look: one with another character than usual, or the beginning of one that overrides. */
const SUSPECT = /[^a-z0-9-]|^x-[hmor]/i;
const UNUSUAL = /[^a-z0-9-]/;
const RESERVED = new RegExp(`^(?:${RESERVED_HEADERS.map((name) => (name.endsWith('-') ? `${name}.*` : name)).join('|')})$`);

/**
 * Refuses headers that override what is authorized, and those that are another header to a server which takes `_` or `.` for `-`
 * (CGI, WSGI, PHP): the gateway overwrites `X-Forwarded-Host`, and lets `X_Forwarded_Host` through to the backend.
 *
 * The web ACL knows names as they are spelled only.
 *
 * @throws Refusal `header_ambiguous`
 */
export function requireUnambiguousHeaders(names: readonly string[]): void {
  for (const name of names) {
    if (SUSPECT.test(name) && isAmbiguous(name.toLowerCase())) {
      throw new Refusal('header_ambiguous');
    }
  }
}

function isAmbiguous(name: string): boolean {
  return UNUSUAL.test(name) ? RESERVED.test(name.replace(/[^a-z0-9]/g, '-')) : OVERRIDE_HEADERS.includes(name);
}
