const MAX_LENGTH = 256;
/** What nearly every text is, and what needs no second look. */
const PLAIN = /^[ -~]{0,256}$/;

/** Text of a caller as a record may hold it: no control, format or line separator characters, at most 256 characters. */
export function printable(text: string): string {
  return PLAIN.test(text) ? text : text.slice(0, MAX_LENGTH).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}
