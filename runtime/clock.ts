/** Milliseconds since the epoch; passed in, so that a decision depends on nothing but its arguments. */
export type Clock = () => number;

/** Whole seconds since the epoch (NumericDate, RFC 7519 section 2). */
export function seconds(clock: Clock): number {
  return Math.floor(clock() / 1000);
}
