import { SECURITY_HEADERS } from '../../../lib/contract/security-headers';
import { gatewayResponses } from '../../../lib/gateway/gateway-responses';
import { GatewayResponse } from '../../fixtures/rest-api-body';

const responses = gatewayResponses('bank.example', undefined) as Record<string, GatewayResponse>;
const bodyOf = (type: string): Record<string, unknown> => JSON.parse(responses[type]!.responseTemplates['application/json']!) as Record<string, unknown>;
const header = (type: string, name: string, among = responses): string | undefined => among[type]!.responseParameters[`gatewayresponse.header.${name}`];

// Every response type of the platform, with the status that a caller gets.
const STATUS: Record<string, number> = {
  ACCESS_DENIED: 403, API_CONFIGURATION_ERROR: 500, AUTHORIZER_CONFIGURATION_ERROR: 500, AUTHORIZER_FAILURE: 500, BAD_REQUEST_BODY: 400, BAD_REQUEST_PARAMETERS: 400,
  EXPIRED_TOKEN: 401, INTEGRATION_FAILURE: 502, INTEGRATION_TIMEOUT: 504, INVALID_API_KEY: 400, INVALID_SIGNATURE: 401, MISSING_AUTHENTICATION_TOKEN: 404, QUOTA_EXCEEDED: 429,
  RESOURCE_NOT_FOUND: 404, THROTTLED: 429, UNAUTHORIZED: 401, UNSUPPORTED_MEDIA_TYPE: 415, WAF_FILTERED: 403,
};
const FIXED = ['DEFAULT_4XX', 'DEFAULT_5XX', 'REQUEST_TOO_LARGE'];
const TYPES = [...Object.keys(STATUS), ...FIXED];

test('covers every response type of the platform', () => {
  expect(Object.keys(responses).sort()).toEqual([...TYPES].sort());
});

test.each(Object.entries(STATUS))('answers %s with %d, the same in status and body', (type, status) => {
  expect(responses[type]!.statusCode).toBe(status);
  expect(bodyOf(type).status).toBe(status);
});

test.each(FIXED)('leaves the status of %s to the platform', (type) => {
  expect(responses[type]).not.toHaveProperty('statusCode');
  if (type.startsWith('DEFAULT_')) expect(bodyOf(type)).not.toHaveProperty('status');
});

test.each(TYPES)('answers %s as problem details that tell nothing of the inside', (type) => {
  expect(bodyOf(type)).toMatchObject({ type: 'about:blank', title: expect.any(String), detail: expect.any(String), instance: 'urn:request:$context.extendedRequestId' });
  expect(header(type, 'Content-Type')).toBe("'application/problem+json'");
  expect(JSON.stringify(responses[type]).match(/\$?context\.[A-Za-z.]+/g)!.filter((variable) => !['$context.extendedRequestId', 'context.authorizer.challenge'].includes(variable))).toEqual([]);
});

test.each(TYPES)('carries the security headers on %s', (type) => {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(header(type, name)).toBe(`'${value}'`);
});

test('says when to come back, and challenges whoever has no token or too weak a one', () => {
  expect(header('THROTTLED', 'Retry-After')).toBe("'1'");
  expect(header('QUOTA_EXCEEDED', 'Retry-After')).toBe("'3600'");
  expect(header('UNAUTHORIZED', 'WWW-Authenticate')).toBe("'Bearer realm=\"bank.example\"'");
  const proven = gatewayResponses('bank.example', undefined, true) as Record<string, GatewayResponse>;
  expect(proven.UNAUTHORIZED!.responseParameters['gatewayresponse.header.WWW-Authenticate']).toBe("'Bearer realm=\"bank.example\", DPoP algs=\"ES256 EdDSA PS256\"'");
  expect(header('ACCESS_DENIED', 'WWW-Authenticate')).toBe('context.authorizer.challenge');
});

describe('where requests are counted', () => {
  const counted = gatewayResponses('bank.example', undefined, false, true) as Record<string, GatewayResponse>;

  test('answers 429 to whom the authorizer gives no identifier, with where the consumer stands', () => {
    expect(counted.INVALID_API_KEY!.statusCode).toBe(429);
    expect(JSON.parse(counted.INVALID_API_KEY!.responseTemplates['application/json']!)).toMatchObject({ status: 429, title: 'Too Many Requests' });
    const added = Object.entries(counted.INVALID_API_KEY!.responseParameters).filter(([name]) => responses.INVALID_API_KEY!.responseParameters[name] === undefined);
    expect(Object.fromEntries(added)).toEqual({
      'gatewayresponse.header.Retry-After': 'context.authorizer.retryAfter',
      'gatewayresponse.header.X-Rate-Limit-Limit': 'context.authorizer.limit',
      'gatewayresponse.header.X-Rate-Limit-Remaining': 'context.authorizer.remaining',
      'gatewayresponse.header.X-Rate-Limit-Reset': 'context.authorizer.reset',
    });
  });

  // Thresholds against denial of service are nobody's business.
  test('tells of no other limit', () => {
    expect(Object.keys(counted).filter((type) => JSON.stringify(counted[type]) !== JSON.stringify(responses[type]))).toEqual(['INVALID_API_KEY']);
  });
});

test('lets a browser read refusals only where CORS is declared, from that origin only', () => {
  const cors = gatewayResponses('bank.example', 'https://app.bank.example') as Record<string, GatewayResponse>;
  for (const type of TYPES) {
    expect(header(type, 'Access-Control-Allow-Origin')).toBeUndefined();
    expect(header(type, 'Access-Control-Allow-Origin', cors)).toBe("'https://app.bank.example'");
    expect(header(type, 'Vary', cors)).toBe("'Origin'");
    expect(header(type, 'Access-Control-Expose-Headers', cors)).toBe("'Allow, Retry-After, WWW-Authenticate, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Reset'");
    expect(header(type, 'Access-Control-Expose-Headers')).toBeUndefined();
  }
});
