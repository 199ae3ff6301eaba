import type { CaseFamily, NewCase } from '../assessment-case';
import { PROBLEM, SECURITY_HEADER_RULES } from '../expectation';

const RULES = [...SECURITY_HEADER_RULES, PROBLEM];

/** Refusals carry the security headers, whoever refuses: authorizer, gateway, route or web ACL. */
export const headers: CaseFamily = {
  name: 'headers',
  cases: (domain) => [
    on('unmapped', '', 'GET', '/assessment-nowhere', 404),
    ...domain.apis.flatMap(({ basePath, resources, operations }) => {
      const [resource] = resources;
      const [operation] = operations;
      const undeclared = ['PATCH', 'PUT', 'POST', 'DELETE'].find((method) => resource !== undefined && !resource.methods.includes(method));
      return [
        on('unknown-path', basePath, 'GET', `${basePath}/assessment-nowhere`, 404),
        on('ambiguous-path', basePath, 'GET', `${basePath}/a%2Fb`, 400),
        ...(resource === undefined || undeclared === undefined ? [] : [on('undeclared-method', basePath, undeclared, resource.path, 405)]),
        ...(operation === undefined ? [] : [on('no-token', basePath, operation.method, operation.path, 401)]),
      ];
    }),
  ],
};

function on(rule: string, subject: string, method: string, path: string, status: number): NewCase {
  return {
    rule, subject, title: `a refusal with ${status} carries the security headers`, controls: ['ISM-1424'],
    probe: { kind: 'request', method, path, expected: { status: [status], headers: RULES, discreet: true } },
  };
}
