import { SECURITY_HEADERS } from '../lib/contract/security-headers';

/** The part of a proxy result that says which headers it sets itself. */
interface Result {
  readonly statusCode?: unknown;
  readonly headers?: Readonly<Record<string, unknown>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, unknown>> | null;
}

/** A proxy result with the security headers that it does not set itself: a proxy integration gives the gateway no way to add them. */
export function securedResult<T>(result: T): T {
  return isResult(result) ? { ...result, headers: { ...missingHeaders(result), ...result.headers } } : result;
}

function isResult(result: unknown): result is Result {
  return typeof result === 'object' && result !== null && 'statusCode' in result;
}

function missingHeaders({ headers, multiValueHeaders }: Result): Readonly<Record<string, string>> {
  const set = new Set([...Object.keys(headers ?? {}), ...Object.keys(multiValueHeaders ?? {})].map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(SECURITY_HEADERS).filter(([name]) => !set.has(name.toLowerCase())));
}
