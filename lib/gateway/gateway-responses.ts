import { Problem, PROBLEMS } from '../contract/problem';
import { PROOF_CHALLENGE } from '../contract/proof-of-possession';
import { RATE_LIMIT_HEADERS } from '../contract/rate-limit';
import { problemHeaders, problemTemplate, staticValue } from './problem-response';

/** What the gateway itself refuses with, by its response type; a route it does not know is a 404, never the platform's 403. */
const RESPONSES: { readonly [type: string]: Problem } = {
  ACCESS_DENIED: PROBLEMS.forbidden,
  API_CONFIGURATION_ERROR: PROBLEMS.internalError,
  AUTHORIZER_CONFIGURATION_ERROR: PROBLEMS.internalError,
  AUTHORIZER_FAILURE: PROBLEMS.internalError,
  BAD_REQUEST_BODY: PROBLEMS.badRequest,
  BAD_REQUEST_PARAMETERS: PROBLEMS.badRequest,
  DEFAULT_4XX: PROBLEMS.badRequest,
  DEFAULT_5XX: PROBLEMS.internalError,
  EXPIRED_TOKEN: PROBLEMS.unauthorized,
  INTEGRATION_FAILURE: PROBLEMS.badGateway,
  INTEGRATION_TIMEOUT: PROBLEMS.gatewayTimeout,
  INVALID_API_KEY: PROBLEMS.badRequest,
  INVALID_SIGNATURE: PROBLEMS.unauthorized,
  MISSING_AUTHENTICATION_TOKEN: PROBLEMS.notFound,
  QUOTA_EXCEEDED: PROBLEMS.tooManyRequests,
  REQUEST_TOO_LARGE: PROBLEMS.contentTooLarge,
  RESOURCE_NOT_FOUND: PROBLEMS.notFound,
  THROTTLED: PROBLEMS.tooManyRequests,
  UNAUTHORIZED: PROBLEMS.unauthorized,
  UNSUPPORTED_MEDIA_TYPE: PROBLEMS.unsupportedMediaType,
  WAF_FILTERED: PROBLEMS.forbidden,
};

/** The platform keeps the status of these to itself. */
const STATUS_FIXED = new Set(['DEFAULT_4XX', 'DEFAULT_5XX', 'REQUEST_TOO_LARGE']);

/**
 * The authorizer gives a request with a wrong parameter an identifier of no usage plan, where requests are counted one above its
 * limit instead, and every other one that of its consumer.
 */
const EXCEEDED = 'INVALID_API_KEY';

const EXCEEDED_HEADERS: Record<string, string> = {
  'Retry-After': 'context.authorizer.retryAfter',
  ...Object.fromEntries(Object.entries(RATE_LIMIT_HEADERS).map(([name, member]) => [name, `context.authorizer.${member}`])),
};

/** `x-amazon-apigateway-gateway-responses`: every refusal is problem+json and carries the security headers. */
export function gatewayResponses(realm: string, allowedOrigin: string | undefined, takesProofs = false, counted = false): Record<string, unknown> {
  const extra: { readonly [type: string]: Record<string, string> } = {
    ACCESS_DENIED: { 'WWW-Authenticate': 'context.authorizer.challenge' },
    ...(counted && { [EXCEEDED]: EXCEEDED_HEADERS }),
    QUOTA_EXCEEDED: { 'Retry-After': staticValue('3600') },
    THROTTLED: { 'Retry-After': staticValue('1') },
    UNAUTHORIZED: { 'WWW-Authenticate': staticValue(`Bearer realm="${realm}"${takesProofs ? `, DPoP ${PROOF_CHALLENGE}` : ''}`) },
  };
  const headers = problemHeaders(allowedOrigin);
  return Object.fromEntries(Object.entries(counted ? { ...RESPONSES, [EXCEEDED]: PROBLEMS.tooManyRequests } : RESPONSES).map(([type, problem]) => [type, {
    ...(!STATUS_FIXED.has(type) && { statusCode: problem.status }),
    responseParameters: headerParameters({ ...headers, ...extra[type] }),
    responseTemplates: { 'application/json': template(type, problem) },
  }]));
}

/** A default response serves several statuses, so it names none. */
function template(type: string, problem: Problem): string {
  if (!type.startsWith('DEFAULT_')) return problemTemplate(problem);
  const { status: _, ...rest } = JSON.parse(problemTemplate(problem)) as Record<string, unknown>;
  return JSON.stringify(rest);
}

function headerParameters(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value]));
}
