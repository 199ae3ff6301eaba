import { BodyLimits } from '../contract/body-limits';
import { parameterPattern } from '../contract/parameter-rule';
import { MOST_STEPS, isAffordableWithin } from './pattern-cost';

/** What the service library allows where a declaration says nothing. */
const DEFAULT_BODY_BYTES = 65_536;
const DEFAULT_TEXT_BYTES = 8192;

/**
 * What is wrong with a pattern that a caller's texts would be held against; undefined where nothing is.
 *
 * A body is full of texts as long as its limits allow, and all of them together may cost what one parameter may.
 */
export function bodyPatternFault(pattern: string, limits: BodyLimits, maxLength = Infinity): string | undefined {
  try {
    parameterPattern(pattern);
  } catch {
    return 'which is no regular expression of ECMAScript';
  }
  // A code point is at most two of the units that texts are counted in here.
  const longest = Math.min(maxLength * 2, limits.textBytes ?? DEFAULT_TEXT_BYTES);
  const texts = Math.ceil((limits.bodyBytes ?? DEFAULT_BODY_BYTES) / Math.max(longest, 1));
  return isAffordableWithin(MOST_STEPS / texts, pattern, longest) ? undefined : 'which a caller could make run too long';
}
