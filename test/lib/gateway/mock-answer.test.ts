import { PROBLEMS } from '../../../lib/contract/problem';
import { SECURITY_HEADERS } from '../../../lib/contract/security-headers';
import { preflightMethod, refusingMethod } from '../../../lib/gateway/mock-answer';
import { BodyMethod } from '../../fixtures/rest-api-body';

const answerOf = (method: unknown): NonNullable<BodyMethod['x-amazon-apigateway-integration']['responses']>['default'] => (method as BodyMethod)['x-amazon-apigateway-integration'].responses!.default;
const refusing = refusingMethod(PROBLEMS.methodNotAllowed, { Allow: "'GET'" });
const preflight = preflightMethod('https://app.bank.example', ['GET', 'OPTIONS']);

test('refuses with problem details and the security headers', () => {
  const { statusCode, responseParameters, responseTemplates } = answerOf(refusing);
  expect(statusCode).toBe('405');
  expect(JSON.parse(responseTemplates['application/json']!)).toMatchObject({ status: 405, title: 'Method Not Allowed' });
  expect(responseParameters).toMatchObject(Object.fromEntries(Object.entries(SECURITY_HEADERS).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`])));
});

test('answers a preflight without a body, and never with a wildcard', () => {
  const { statusCode, responseParameters, responseTemplates } = answerOf(preflight);
  expect([statusCode, responseTemplates['application/json']]).toEqual(['204', '']);
  expect(Object.values(responseParameters).filter((value) => value.includes('*'))).toEqual([]);
  expect(responseParameters).not.toHaveProperty('method.response.header.Content-Type');
  expect(responseParameters['method.response.header.Access-Control-Allow-Headers']).toBe("'Authorization, Content-Type, DPoP, X-Protective-Marking'");
});

test.each([['a refusal', refusing], ['a preflight', preflight]])('declares every header of %s, as the platform demands', (_, method) => {
  const { headers } = Object.values((method as { responses: Record<string, { headers: object }> }).responses)[0]!;
  expect(Object.keys(headers).map((name) => `method.response.header.${name}`)).toEqual(Object.keys(answerOf(method).responseParameters));
});
