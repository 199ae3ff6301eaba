/** The part of a proxy result that says which headers it sets itself. */
interface Result {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, unknown>> | null;
}

/** A proxy result with those of the headers that it does not set itself: a proxy integration gives the gateway no way to add them. */
export function securedResult<T>(result: T, headers: Readonly<Record<string, string>>): T {
  return isResult(result) ? { ...result, headers: { ...missingHeaders(result, headers), ...result.headers } } : result;
}

function isResult(result: unknown): result is Result {
  return typeof result === 'object' && result !== null && 'statusCode' in result;
}

function missingHeaders({ headers, multiValueHeaders }: Result, wanted: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const set = new Set([...Object.keys(headers ?? {}), ...Object.keys(multiValueHeaders ?? {})].map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !set.has(name.toLowerCase())));
}
