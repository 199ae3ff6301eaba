import type { RequestProbe } from './assessment-case';
import type { AssessedOperation } from './assessed-environment';
import type { Expectation } from './expectation';

/** A request to an operation with a value for all that it demands, and without a body: it asks for nothing that there is. */
export function requestOf({ method, path, query, headers }: AssessedOperation, expected: Expectation, changes: Partial<RequestProbe> = {}): RequestProbe {
  return { kind: 'request', method, path: query === '' ? path : `${path}?${query}`, ...Object.keys(headers).length > 0 && { headers }, expected, ...changes };
}
