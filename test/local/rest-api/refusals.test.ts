import { Cors, HttpMethod, Operation, ParameterLocation } from '../../../lib';
import { PROBLEM_MEDIA_TYPE } from '../../../lib/contract/problem';
import { SECURITY_HEADERS } from '../../../lib/contract/security-headers';
import type { ApiDocument, GatewayResponseSettings, Operation as Method } from '../../../local/rest-api/api-document';
import { header, type GatewayAnswer, type GatewayRequest } from '../../../local/rest-api/gateway-request';
import { stampedGateway, type Weakened } from '../../fixtures/stamped-gateway';
import { json, restApiFixture } from './rest-api-fixture';

const ORIGIN = 'https://www.test.bank.example';
const CHOSEN = 'chosen-by-the-caller';
const ANY = 'x-amazon-apigateway-any-method';

const JSON_CONTENT = [{ mediaType: 'application/json', schema: { type: 'object', additionalProperties: false } }];
let gateway: ReturnType<typeof stampedGateway>;
let root: ApiDocument;
beforeAll(() => {
  gateway = stampedGateway({
    cors: Cors.origin(ORIGIN),
    operations: [
      new Operation({ method: HttpMethod.GET, path: '/a', parameters: [{ name: 'n', location: ParameterLocation.QUERY, required: true, schema: { type: 'integer' } }] }),
      new Operation({ method: HttpMethod.POST, path: '/a', content: JSON_CONTENT }),
    ],
  });
  const [api] = gateway.environment.resources('Public', 'AWS::ApiGateway::RestApi') as unknown as [{ BodyS3Location: { Key: string } }];
  root = JSON.parse(gateway.environment.asset(api.BodyS3Location.Key)) as ApiDocument;
});

interface Refusal {
  readonly request: Partial<GatewayRequest>;
  readonly weakened?: Weakened;
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
}

const A = { path: '/accounts/a' };
const TYPED = [['Content-Type', 'application/json']] as const;
const fails = (errorMessage: string): Weakened => ({ authorizer: { error: { errorType: 'Error', errorMessage } } });

/** Refusals of the gateway, in its own words or by a mock. */
const BY_GATEWAY: { readonly [title: string]: Refusal } = {
  'an unknown path': { request: { path: '/accounts/nowhere' }, status: 404 },
  'a method that another resource has': { request: { ...A, method: 'DELETE' }, weakened: { withoutWebAcl: true }, status: 405, headers: { Allow: 'GET, OPTIONS, POST' } },
  'an unused method with a body of another type': { request: { ...A, method: 'DELETE', headers: [['Content-Type', 'text/xml']], body: Buffer.from('x') }, weakened: { withoutWebAcl: true }, status: 415 },
  'a token that is none': { request: { ...A, query: 'n=1' }, weakened: fails('Unauthorized'), status: 401, headers: { 'WWW-Authenticate': 'Bearer realm="test.bank.example"' } },
  'a token without the scope': { request: { ...A, query: 'n=1' }, weakened: { authorizer: { value: { principalId: 'refused', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'execute-api:Invoke', Resource: '*' }] }, context: { challenge: 'Bearer error="insufficient_scope"' } } } }, status: 403, headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' } },
  'a failure of the authorizer': { request: { ...A, query: 'n=1' }, weakened: fails('secret detail'), status: 500 },
  'an answer of the authorizer that is none': { request: { ...A, query: 'n=1' }, weakened: { authorizer: { value: { secret: 'detail' } } }, status: 500 },
  'a wrong parameter': { request: { ...A, query: `n=${CHOSEN}` }, status: 400 },
  'an undeclared parameter': { request: { ...A, query: `n=1&${CHOSEN}=1` }, status: 400 },
  'a missing parameter': { request: A, status: 400 },
  'a wrong body': { request: { ...A, method: 'POST', headers: TYPED, body: Buffer.from(`{"${CHOSEN}":1}`) }, status: 400 },
};

/** Refusals of the web ACL, which win over the gateway's. */
const BY_WEB_ACL: { readonly [title: string]: Refusal } = {
  'a trust token of the caller\'s own': { request: { ...A, headers: [['Txn-Token', CHOSEN]] }, status: 403 },
  'a method that nothing uses': { request: { ...A, method: 'TRACE' }, status: 405, headers: { Allow: 'GET, OPTIONS, POST' } },
  'an ambiguous path': { request: { path: '/accounts/a%2fb' }, status: 400 },
  'a header that overrides the method': { request: { ...A, headers: [['X-HTTP-Method-Override', 'DELETE']] }, status: 400 },
  'a body where none may be': { request: { ...A, headers: TYPED, body: Buffer.from('{}') }, status: 400 },
  'a body that is too large': { request: { ...A, method: 'POST', headers: TYPED, body: Buffer.alloc(65 * 1024) }, status: 413 },
  'a content type that nobody declares': { request: { ...A, method: 'POST', headers: [['Content-Type', 'text/xml']], body: Buffer.from('x') }, status: 415 },
};

function expectSafe(answer: GatewayAnswer): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect([name, header(answer, name)]).toEqual([name, value]);
  // The platform's own id may be the caller's; what correlates is the other.
  const told = [...answer.headers.filter(([name]) => name.toLowerCase() !== 'x-amzn-requestid').flat(), answer.body.toString()].join('\n');
  expect(told).not.toContain(CHOSEN);
  expect(told).not.toMatch(/secret|detail of|Exception: |arn:aws/);
  expect(header(answer, 'x-amz-apigw-id')).toMatch(/^[\w-]{10,}=$/);
}

async function refused({ request, weakened, status, headers = {} }: Refusal): Promise<GatewayAnswer> {
  const ids = [['x-amzn-RequestId', CHOSEN], ['X-Correlation-Id', CHOSEN], ['X-Request-Id', CHOSEN], ['X-Amz-Apigw-Id', CHOSEN], ['Origin', 'https://attacker.example']] as const;
  const { answer, reached } = await gateway.send({ ...request, headers: [...request.headers ?? [], ...ids] }, weakened);
  expect([answer.status, reached]).toEqual([status, false]);
  for (const [name, value] of Object.entries(headers)) expect([name, header(answer, name)]).toEqual([name, value]);
  expectSafe(answer);
  return answer;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html, customize-gateway-responses.html (headers from the context, templates that substitute variables)
test.each(Object.entries(BY_GATEWAY))('the gateway refuses %s with a problem', async (_, refusal) => {
  const answer = await refused(refusal);
  expect(header(answer, 'content-type')).toBe(PROBLEM_MEDIA_TYPE);
  const id = header(answer, 'x-amz-apigw-id');
  expect(json(answer)).toEqual({ type: 'about:blank', status: refusal.status, title: expect.any(String) as string, detail: expect.any(String) as string, instance: `urn:request:${id}` });
  expect([header(answer, 'access-control-allow-origin'), header(answer, 'vary')]).toEqual([ORIGIN, 'Origin']);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-response-for-blocked-requests.html ("take precedence over any response specifications that you define in your protected resource")
// A web ACL names the type of its answers itself, and substitutes nothing in them (docs/decisions/0031).
test.each(Object.entries(BY_WEB_ACL))('the web ACL refuses %s with a problem', async (_, refusal) => {
  const answer = await refused(refusal);
  expect(json(answer)).toEqual({ type: 'about:blank', status: refusal.status, title: expect.any(String) as string, detail: expect.any(String) as string });
});

test('answers a preflight without an authorizer, for one origin, with the methods of the resource', async () => {
  const preflight = { ...A, method: 'OPTIONS', headers: [['Origin', 'https://attacker.example'], ['Access-Control-Request-Method', 'GET']] as [string, string][] };
  const { answer } = await gateway.send(preflight, fails('the authorizer must not be asked'));
  expect([answer.status, answer.body.length]).toEqual([204, 0]);
  expectSafe(answer);
  expect(header(answer, 'access-control-allow-origin')).toBe(ORIGIN);
  expect(header(answer, 'access-control-allow-methods')).toBe('GET, OPTIONS, POST');
  expect(header(answer, 'access-control-allow-credentials')).toBeUndefined();
});

test.each([['/', 'GET', 404], ['/anything/else', 'POST', 404]])('answers %s of no service with a problem', async (path, method, status) => {
  const answer = await restApiFixture(root).send({ path, method, headers: [['x-amzn-RequestId', CHOSEN]] });
  expect([answer.status, header(answer, 'content-type')]).toEqual([status, PROBLEM_MEDIA_TYPE]);
  expectSafe(answer);
});

/** Headers of every response that a description holds: those by type, and those of every mock. */
function described(document: ApiDocument): [string, number | undefined, { readonly [name: string]: string }, string][] {
  const byType = Object.entries(document['x-amazon-apigateway-gateway-responses'] as Record<string, GatewayResponseSettings>)
    .map(([type, { statusCode, responseParameters = {}, responseTemplates = {} }]): ReturnType<typeof described>[0] => [type, statusCode === undefined ? undefined : Number(statusCode), plain(responseParameters), responseTemplates['application/json'] ?? '']);
  const mocks = Object.entries(document.paths!).flatMap(([path, item]) => Object.entries(item as Record<string, Method>).flatMap(([method, { 'x-amazon-apigateway-integration': settings }]) => {
    const response = settings?.type === 'mock' ? settings.responses?.default : undefined;
    return response === undefined ? [] : [[`${method} ${path}`, Number(response.statusCode), plain(response.responseParameters ?? {}), response.responseTemplates?.['application/json'] ?? ''] as ReturnType<typeof described>[0]];
  }));
  return [...byType, ...mocks];
}

function plain(parameters: { readonly [target: string]: string }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(parameters).map(([target, value]) => [target.split('.').at(-1)!, value.replace(/^'|'$/g, '')]));
}

test('every response that is described, of every type and mock, carries what it must', () => {
  // Whatever type the platform may add falls under a default one.
  expect(Object.keys(gateway.document['x-amazon-apigateway-gateway-responses']!)).toEqual(expect.arrayContaining(['DEFAULT_4XX', 'DEFAULT_5XX', 'WAF_FILTERED', 'THROTTLED', 'INTEGRATION_FAILURE', 'REQUEST_TOO_LARGE']));
  for (const document of [gateway.document, root]) {
    for (const [name, status, headers, template] of described(document)) {
      expect([name, headers]).toEqual([name, expect.objectContaining(SECURITY_HEADERS)]);
      if (status !== 204) expect([name, headers['Content-Type'], template]).toEqual([name, PROBLEM_MEDIA_TYPE, expect.stringContaining('"instance":"urn:request:$context.extendedRequestId"')]);
      expect([name, template.match(/\$(?!context\.extendedRequestId")[\w.]+/g)]).toEqual([name, null]);
      expect([name, Object.values(headers).filter((value) => value.includes('*') || /request\.(header|querystring|path|body)/.test(value))]).toEqual([name, []]);
      if (status === 405) expect([name, headers.Allow]).toEqual([name, expect.stringMatching(/^[A-Z]+(, [A-Z]+)*$/)]);
      if (status === 429) expect([name, headers['Retry-After']]).toEqual([name, expect.any(String)]);
    }
  }
});

test('only mocks are without an authorizer, and every path answers methods that it does not have', () => {
  for (const [path, item] of Object.entries(gateway.document.paths!)) {
    for (const [method, { security, 'x-amazon-apigateway-integration': settings }] of Object.entries(item as Record<string, Method>)) {
      expect([path, method, (security ?? []).length > 0]).toEqual([path, method, settings?.type !== 'mock']);
    }
    expect(Object.keys(item)).toContain(ANY);
  }
});

test('every rule of the web ACL that blocks by itself answers with the headers and a problem', () => {
  const [acl] = gateway.environment.resources('Public', 'AWS::WAFv2::WebACL') as unknown as [{ CustomResponseBodies: Record<string, { Content: string }>; Rules: { Name: string; Action?: { Block?: { CustomResponse?: { ResponseCode: number; CustomResponseBodyKey: string; ResponseHeaders: { Name: string; Value: string }[] } } } }[] }];
  const blocking = acl.Rules.filter(({ Action }) => Action?.Block !== undefined);
  expect(blocking.length).toBeGreaterThan(5);
  for (const { Name, Action } of blocking) {
    const answer = Action?.Block?.CustomResponse;
    const headers = Object.fromEntries((answer?.ResponseHeaders ?? []).map((one) => [one.Name, one.Value]));
    expect([Name, headers]).toEqual([Name, expect.objectContaining(SECURITY_HEADERS)]);
    expect(JSON.parse(acl.CustomResponseBodies[answer!.CustomResponseBodyKey]!.Content)).toMatchObject({ type: 'about:blank', status: answer!.ResponseCode });
    if (answer!.ResponseCode === 405) expect(headers.Allow).toBeDefined();
    if (answer!.ResponseCode === 429) expect(headers['Retry-After']).toBeDefined();
  }
});

test('lets the request through that the refused ones are made of', async () => {
  expect(await gateway.send({ ...A, query: 'n=1' })).toMatchObject({ reached: true, answer: { status: 200 } });
});
