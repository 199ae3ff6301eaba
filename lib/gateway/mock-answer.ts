import { Problem } from '../contract/problem';
import { problemHeaders, problemTemplate, staticValue } from './problem-response';

/**
 * A method that the gateway answers by itself, without a caller's credentials and without a backend.
 *
 * `passthroughBehavior` is `never`: a body of another content type gets 415 instead of a mock failure.
 */
function mockMethod(status: number, headers: Record<string, string>, template: string): Record<string, unknown> {
  const parameters = Object.fromEntries(Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]));
  return {
    responses: { [status]: { description: 'answered by the gateway', headers: Object.fromEntries(Object.keys(headers).map((name) => [name, { schema: { type: 'string' } }])) } },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      passthroughBehavior: 'never',
      requestTemplates: { 'application/json': `{"statusCode": ${status}}` },
      responses: { default: { statusCode: `${status}`, responseParameters: parameters, responseTemplates: { 'application/json': template } } },
    },
  };
}

/** A refusal that the gateway answers on a route of its own. */
export function refusingMethod(problem: Problem, extra: Record<string, string> = {}, allowedOrigin?: string): Record<string, unknown> {
  return mockMethod(problem.status, { ...problemHeaders(allowedOrigin), ...extra }, problemTemplate(problem));
}

/** The answer to a browser's preflight: exact origin, and the methods that the resource has. */
export function preflightMethod(allowedOrigin: string, methods: readonly string[]): Record<string, unknown> {
  const { 'Content-Type': _, ...headers } = problemHeaders(allowedOrigin);
  return mockMethod(204, {
    ...headers,
    'Access-Control-Allow-Headers': staticValue('Authorization, Content-Type, DPoP, X-Protective-Marking'),
    'Access-Control-Allow-Methods': staticValue(methods.join(', ')),
    'Access-Control-Max-Age': staticValue('600'),
  }, '');
}
