import type { CaseFamily, NewCase } from '../assessment-case';
import type { AssessedApi } from '../assessed-environment';
import { exactly, type HeaderRule } from '../expectation';

const ATTACKER = 'https://assessment.invalid';
const NO_CREDENTIALS: HeaderRule = { name: 'access-control-allow-credentials', is: 'absent' };

/** Pages of one declared origin read an API's answers, or of none. */
export const cors: CaseFamily = { name: 'cors', cases: ({ apis }) => apis.flatMap(apiCases) };

function apiCases({ basePath, resources, operations, origin }: AssessedApi): NewCase[] {
  const resource = resources.find(({ methods }) => methods.includes('OPTIONS')) ?? resources[0];
  if (resource === undefined) return [];
  const allowed: HeaderRule = { name: 'access-control-allow-origin', is: origin === undefined ? 'absent' : exactly(origin) };
  const preflight = (rule: string, title: string, from: string, status: readonly number[]): NewCase => ({
    rule, subject: basePath, title, controls: ['ISM-1851'],
    probe: { kind: 'request', method: 'OPTIONS', path: resource.path, headers: { 'origin': from, 'access-control-request-method': 'GET' }, expected: { status, headers: [allowed, NO_CREDENTIALS] } },
  });
  // Where an API has no CORS, a preflight is a method that nothing declares.
  const status = origin === undefined ? [401, 405] : [204];
  return [
    preflight('foreign-preflight', 'a foreign origin is not let in by a preflight', ATTACKER, status),
    preflight('null-preflight', 'the origin "null" is not let in', 'null', status),
    ...(origin === undefined ? [] : [preflight('own-preflight', 'the declared origin is let in, and no other', origin, [204])]),
    ...operations.slice(0, 1).map(({ method, path }): NewCase => ({
      rule: 'foreign-refusal', subject: basePath, title: 'a refusal does not open to a foreign origin', controls: ['ISM-1851'],
      probe: { kind: 'request', method, path, headers: { origin: ATTACKER }, expected: { status: [401], headers: [allowed, NO_CREDENTIALS] } },
    })),
  ];
}
