/**
 * What patterns of OpenAPI documents contain that ECMAScript 5 lacks, on which the gateway's validator is built.
 *
 * There they are errors or, worse, match something else: `\p{L}` matches the text `p{L}`.
 */
const NOT_PORTABLE = /\(\?(?![:=!])|\\[pPuU]\{|\\[kAzZhHQEG]|\[\[:|[*+?}]\+|[\uD800-\uDFFF]/;

/** True when the gateway understands a pattern as the document means it. */
export function isPortable(pattern: string): boolean {
  if (NOT_PORTABLE.test(pattern)) return false;
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}
