import { ANY_METHOD } from '../contract/any-method';
import { JWKS_PATH, TRUST_TOKEN_HEADER } from '../contract/trust-token';
import { demand } from '../private/refusal';
import { AUTHORIZER, BodyMethod, KEY_SOURCE, RestApiBody, USAGE_PLAN, VALIDATOR } from './rest-api-body';

const PREFLIGHT = 'options';

/** What anybody may read: public keys are public. */
const OPEN = new Set([`get ${JWKS_PATH}`]);

/**
 * Refuses a body in which any operation could be reached without authorization or validation.
 *
 * Rule packs cannot see into an OpenAPI body, so the library looks itself: a method either answers from a mock, or
 * demands the authorizer, is validated, and hands its backend a trust token that the caller cannot choose.
 */
export function checkOperations(body: RestApiBody): void {
  for (const [path, item] of Object.entries(body.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const answeredHere = isMock(operation) && (method === PREFLIGHT || method === ANY_METHOD);
      const fault = answeredHere || OPEN.has(`${method} ${path}`) ? undefined : faultOf(operation, body);
      demand('OPERATION_OPEN', fault === undefined, () => `${fault} on ${method} ${path}`);
    }
    demand('OPERATION_OPEN', item[ANY_METHOD] !== undefined && isMock(item[ANY_METHOD]), () => `no answer to unused methods on ${path}`);
  }
}

function faultOf(operation: BodyMethod, body: RestApiBody): string | undefined {
  const security = (operation.security ?? []) as Record<string, unknown>[];
  if (security[0]?.[AUTHORIZER] === undefined || security.slice(1).some((scheme) => Object.keys(scheme).join() !== USAGE_PLAN)) return 'no authorizer';
  if (security.length !== 2) return 'no usage plan';
  if (body[KEY_SOURCE] !== 'AUTHORIZER') return 'a usage plan that callers choose their own place in';
  if (operation['x-amazon-apigateway-request-validator'] !== VALIDATOR) return 'no request validator';
  const { type, requestParameters } = integrationOf(operation);
  const header = (requestParameters as Record<string, string> | undefined)?.[`integration.request.header.${TRUST_TOKEN_HEADER}`];
  if (type === 'http_proxy' && header !== 'context.authorizer.trustToken') return 'no trust token mapping';
  return undefined;
}

function isMock(operation: BodyMethod): boolean {
  return integrationOf(operation).type === 'mock';
}

function integrationOf(operation: BodyMethod): Record<string, unknown> {
  return (operation['x-amazon-apigateway-integration'] ?? {}) as Record<string, unknown>;
}
