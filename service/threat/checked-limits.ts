/** The limits that are given, and the defaults of the others. @throws TypeError where one is no positive whole number */
export function checkedLimits<Limits extends object>(defaults: Limits, given: Partial<Limits>): Limits {
  const all = { ...defaults, ...given };
  const wrong = Object.entries<unknown>(all).find(([, limit]) => !Number.isSafeInteger(limit) || Number(limit) < 1);
  if (wrong) {
    throw new TypeError(`a limit is a whole number from 1, got ${String(wrong[1])} for ${wrong[0]}`);
  }
  return all;
}
