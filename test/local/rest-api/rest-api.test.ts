import type { ApiDocument } from '../../../local/rest-api/api-document';
import { header } from '../../../local/rest-api/gateway-request';
import type { InvocationOutcome } from '../../../local/rest-api/invocation';
import { UsagePlan } from '../../../local/rest-api/usage-plan';
import { WebAcl } from '../../../local/web-acl/web-acl';
import { authorized, json, LAMBDA, MOCK, operation, policy, restApiFixture, type RestApiFixture } from './rest-api-fixture';

const secured = [{ authorizer: [] }];
const bearer: [string, string][] = [['Authorization', 'Bearer x']];
const one = (document: ApiDocument['paths']): ApiDocument => authorized({ paths: document });

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
test('lets the web ACL decide before anything else', async () => {
  const webAcl = new WebAcl({ DefaultAction: { Block: {} } }, { now: Date.now, addressSet: () => { throw new Error(); }, patternSet: () => [] });
  const { send, events } = restApiFixture(one({ '/': { get: operation(MOCK, { security: secured }) } }), { webAcl });
  const answer = await send({ headers: bearer });
  expect([answer.status, json(answer), events.length]).toEqual([403, { message: 'Forbidden' }, 0]);
});

// https://docs.aws.amazon.com/waf/latest/developerguide/customizing-the-incoming-request.html ("AWS WAF overwrites the header")
test('hands on what the web ACL inserts, and nothing that a caller sends under its name', async () => {
  const webAcl = new WebAcl({ DefaultAction: { Allow: { CustomRequestHandling: { InsertHeaders: [{ Name: 'partner', Value: 'acme' }] } } } }, { now: Date.now, addressSet: () => { throw new Error(); }, patternSet: () => [] });
  const { send, events } = restApiFixture({ paths: { '/': { get: operation(LAMBDA) } } }, { webAcl });
  await send({ headers: [['X-Amzn-Waf-Partner', 'globex'], ['x-amzn-waf-partner', 'globex']] });
  expect(events[0]).toMatchObject({ multiValueHeaders: { 'x-amzn-waf-partner': ['acme'] } });
  expect(JSON.stringify(events)).not.toContain('globex');
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
test('answers an unknown path and an unsupported method with MISSING_AUTHENTICATION_TOKEN', async () => {
  const { send } = restApiFixture({ paths: { '/a': { get: operation(MOCK) } } });
  for (const over of [{ path: '/b' }, { path: '/a', method: 'POST' }, { path: '/A' }]) {
    const answer = await send(over);
    expect([answer.status, json(answer), header(answer, 'x-amzn-errortype')]).toEqual([403, { message: 'Missing Authentication Token' }, 'MissingAuthenticationTokenException']);
  }
});

describe('a Lambda authorizer', () => {
  const document = one({ '/accounts/{id}': { get: operation(LAMBDA, { security: secured }) } });

  // https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html ("Only when this is true does the authorizer invoke the authorizer Lambda function, otherwise, it returns a 401")
  test.each([[[]], [[['Authorization', '']] as [string, string][]]])('is not called without its identity source', async (headers) => {
    const { send, events } = restApiFixture(document);
    const answer = await send({ path: '/accounts/1', headers });
    expect([answer.status, json(answer), events.length]).toEqual([401, { message: 'Unauthorized' }, 0]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
  test.each([
    ['the message Unauthorized', { error: { errorType: 'Error', errorMessage: 'Unauthorized' } }, 401, 'Unauthorized'],
    ['any other error', { error: { errorType: 'TypeError', errorMessage: 'boom' } }, 500, null],
    ['a time-out', { error: { errorType: 'Sandbox.Timedout', errorMessage: 'late', timedOut: true } }, 500, null],
    ['an answer that is no policy', { value: { hello: 'world' } }, 500, null],
    ['an explicit deny', policy('Deny'), 403, 'User is not authorized to access this resource with an explicit deny'],
    ['a policy that allows something else', { value: { principalId: 'x', policyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: 'arn:aws:execute-api:*:*:other/*' } } } }, 403, 'User is not authorized to access this resource'],
  ])('refuses on %s', async (_, outcome, status, message) => {
    const { send } = restApiFixture(document, { invoke: () => outcome });
    const answer = await send({ path: '/accounts/1', headers: bearer });
    expect([answer.status, json(answer)]).toEqual([status, { message }]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
  test('sees the request in the REST event shape', async () => {
    const { send, events } = restApiFixture(document, { invoke: ({ type }) => type === 'REQUEST' ? policy('Allow', { trustToken: 't' }) : { value: { statusCode: 204 } } });
    const clientCertificate = { clientCertPem: 'PEM', subjectDN: 'CN=acme', issuerDN: 'CN=ca', serialNumber: '01', validity: { notBefore: 'a', notAfter: 'b' } };
    const answer = await send({ path: '/bank/accounts/a%20b', query: 'x=1&x=2', headers: [...bearer, ['X-Two', '1'], ['x-two', '2']], clientCertificate }, 'bank');
    expect(answer.status).toBe(204);
    expect(events[0]).toMatchObject({
      type: 'REQUEST', methodArn: 'arn:aws:execute-api:ap-southeast-2:111111111111:abcdefghij/live/GET/accounts/a%20b',
      resource: '/accounts/{id}', path: '/bank/accounts/a%20b', httpMethod: 'GET',
      headers: { 'X-Two': '2' }, multiValueHeaders: { 'X-Two': ['1', '2'] }, queryStringParameters: { x: '2' }, multiValueQueryStringParameters: { x: ['1', '2'] },
      pathParameters: { id: 'a%20b' }, stageVariables: { api: 'accounts/0' },
      requestContext: { accountId: '111111111111', apiId: 'abcdefghij', stage: 'live', resourcePath: '/accounts/{id}', domainName: 'api.example', identity: { sourceIp: '127.0.0.1', clientCert: clientCertificate } },
    });
    expect(events[0]).not.toHaveProperty('body');
    expect(events[1]).toMatchObject({ requestContext: { authorizer: { principalId: 'someone', trustToken: 't' } }, body: null, isBase64Encoded: false });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html ("The returned values are all stringified", "you cannot set a JSON object or array as a valid value")
  test('gives texts to the service, and no nested value', async () => {
    const answering = (context: object) => restApiFixture(document, { invoke: ({ type }) => type === 'REQUEST' ? { value: { ...(policy('Allow') as { value: object }).value, context } } : { value: { statusCode: 200 } } });
    const { send, events } = answering({ text: 'a', number: 1, truth: true });
    expect((await send({ path: '/accounts/1', headers: bearer })).status).toBe(200);
    expect(events[1]).toMatchObject({ requestContext: { authorizer: { text: 'a', number: '1', truth: 'true' } } });
    expect((await answering({ nested: {} }).send({ path: '/accounts/1', headers: bearer })).status).toBe(500);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html ("the maximum length of the method's ARN [...] is 1600 bytes"; 414)
  test.each([[1530, 200], [1560, 414]])('of a path of %d characters makes it %d', async (length, status) => {
    const { send } = restApiFixture(document, { invoke: ({ type }) => type === 'REQUEST' ? policy('Allow') : { value: { statusCode: 200 } } });
    expect((await send({ path: `/accounts/${'x'.repeat(length - '/accounts/'.length)}`, headers: bearer })).status).toBe(status);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html ("Setting TTL=0 disables policy caching")
  test('is asked again for each request where its result is not cached', async () => {
    const { send, events } = restApiFixture(document, { invoke: ({ type }) => type === 'REQUEST' ? policy('Allow') : { value: { statusCode: 200 } } });
    await send({ path: '/accounts/1', headers: bearer });
    await send({ path: '/accounts/1', headers: bearer });
    expect(events.filter(({ type }) => type === 'REQUEST')).toHaveLength(2);
  });
});

describe('an HTTP proxy integration', () => {
  const proxy = (more: object = {}): ApiDocument => ({ paths: { '/files/{id}': { get: operation({ type: 'http_proxy', httpMethod: 'GET', uri: 'https://${stageVariables.host}/v1/{id}', requestParameters: { 'integration.request.path.id': 'method.request.path.id', 'integration.request.header.Txn-Token': 'context.requestId' }, ...more }) } } });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
  test('passes the request through, a mapping over a header of the caller', async () => {
    const { send, backendRequests } = restApiFixture(proxy());
    const answer = await send({ path: '/files/a%2Fb', query: 'q=%7Bx%7D', headers: [['txn-token', 'forged'], ['X-Kept', '1'], ['Connection', 'close']] });
    expect(backendRequests[0]).toMatchObject({ service: 'accounts', method: 'GET', url: 'https://backend.example/v1/a%2Fb?q=%7Bx%7D' });
    const sent = backendRequests[0]!.headers;
    expect(sent.filter(([name]) => name.toLowerCase() === 'txn-token')).toEqual([['Txn-Token', header(answer, 'x-amzn-requestid')]]);
    expect(sent).toContainEqual(['X-Kept', '1']);
    expect(sent.map(([name]) => name.toLowerCase())).not.toContain('connection');
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
  test('gives a backend\'s WWW-Authenticate another name', async () => {
    const { send } = restApiFixture(proxy(), { respond: () => ({ status: 401, rawHeaders: ['WWW-Authenticate', 'Bearer', 'X-Own', '1'], body: 'no' }) });
    const answer = await send({ path: '/files/1' });
    expect([answer.status, header(answer, 'www-authenticate'), header(answer, 'x-amzn-remapped-www-authenticate'), header(answer, 'x-own'), answer.body.toString()]).toEqual([401, undefined, 'Bearer', '1', 'no']);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html (of headers of one name, the single-value map has the last one)
  test('maps the last of several headers', async () => {
    const { send, backendRequests } = restApiFixture(proxy({ requestParameters: { 'integration.request.header.X-One': 'method.request.header.X-Caller', 'integration.request.header.X-All': 'method.request.multivalueheader.X-Caller' } }));
    await send({ path: '/files/1', headers: [['X-Caller', 'first'], ['x-caller', 'last']] });
    expect(backendRequests[0]!.headers).toEqual(expect.arrayContaining([['X-One', 'last'], ['X-All', 'first,last']]));
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html ($context, $stageVariables), request-response-data-mappings.html (sources)
  test.each([
    ['\'fixed\'', 'fixed'], ['stageVariables.api', 'accounts/0'], ['context.httpMethod', 'GET'], ['context.identity.sourceIp', '127.0.0.1'], ['method.request.querystring.q', 'b c'], ['method.request.path.id', 'a%2Fb'],
  ])('maps %s', async (expression, value) => {
    const { send, backendRequests } = restApiFixture(proxy({ requestParameters: { 'integration.request.header.X-Mapped': expression } }));
    await send({ path: '/files/a%2Fb', query: 'q=a&q=b%20c' });
    expect(backendRequests[0]!.headers).toContainEqual(['X-Mapped', value]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html (INTEGRATION_TIMEOUT, INTEGRATION_FAILURE)

  test('is refused with a variable that the stage does not set', () => {
    expect(() => restApiFixture(proxy({ uri: 'https://${stageVariables.other}/v1' }))).toThrow('LOCAL_STAGE_VARIABLE: the stage sets every variable of https://${stageVariables.other}/v1, got no other');
  });

  test('fills in every place of a path parameter, and nothing in what a caller wrote', async () => {
    const { send, backendRequests } = restApiFixture(proxy({ uri: 'https://backend.example/{id}/{name}/{id}/{other}', requestParameters: { 'integration.request.path.id': 'method.request.path.id', 'integration.request.path.name': "'a/b'" } }));
    await send({ path: '/files/{name}' });
    expect(backendRequests[0]!.url).toBe('https://backend.example/{name}/a%2Fb/{name}/{other}');
  });

  test.each([['TIMEOUT', 'Endpoint request timed out'], ['ECONNREFUSED', 'Network error communicating with endpoint']])('answers 504 on %s', async (code, message) => {
    const { send } = restApiFixture(proxy(), { respond: () => { throw Object.assign(new Error(code), { code }); } });
    const answer = await send({ path: '/files/1' });
    expect([answer.status, json(answer)]).toEqual([504, { message }]);
  });
});

describe('a Lambda proxy integration', () => {
  const answers = (value: unknown): RestApiFixture => restApiFixture({ paths: { '/': { get: operation(LAMBDA) } } }, { invoke: () => ({ value }) });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html ("If the function output is of a different format, API Gateway returns a 502 Bad Gateway")
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
  test.each<[InvocationOutcome]>([
    [{ value: 'text' }], [{ value: null }], [{ value: { statusCode: 200, body: { not: 'text' } } }], [{ value: { statusCode: 200, message: 'no member of the format' } }], [{ value: { statusCode: 'ok' } }],
    [{ value: { statusCode: 200, headers: { 'X-Count': 5 } } }], [{ value: { statusCode: 200, multiValueHeaders: { 'X-One': 'no list' } } }],
    [{ error: { errorType: 'Error', errorMessage: 'boom' } }], [{ error: { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 3.00 seconds', timedOut: true } }],
  ])('answers 502 to a malformed Lambda answer %j', async (outcome) => {
    const { send } = restApiFixture({ paths: { '/': { get: operation(LAMBDA) } } }, { invoke: () => outcome });
    const answer = await send();
    expect([answer.status, json(answer)]).toEqual([502, { message: 'Internal server error' }]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html ("Integration timeout: 50 milliseconds - 29 seconds for all integration types")
  test('answers 504 where the function takes longer than the integration may', async () => {
    const { send } = restApiFixture({ paths: { '/': { get: operation({ ...LAMBDA, timeoutInMillis: 50 }) } } }, {
      targets: { backends: { send: () => Promise.reject(new Error()) }, functions: { invoke: () => new Promise((resolve) => { setTimeout(resolve, 200, { value: { statusCode: 200 } }).unref(); }) } },
    });
    const answer = await send();
    expect([answer.status, json(answer)]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html ("If the same key-value pair is specified in both, only the values from multiValueHeaders will appear")
  test('merges headers of both kinds', async () => {
    const answer = await answers({ statusCode: 200, headers: { 'X-A': '1', 'X-B': '2', 'X-Truth': true }, multiValueHeaders: { 'X-A': ['1', '3'] } }).send();
    expect(answer.headers.filter(([name]) => /^X-[A-Z]/.test(name))).toEqual([['X-B', '2'], ['X-Truth', 'true'], ['X-A', '1'], ['X-A', '3']]);
    expect(header(answer, 'content-type')).toBe('application/json');
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html (without binary media types "the payloads are handled as UTF-8 encoded JSON strings")
  test('leaves base64 as it is where there are no binary media types', async () => {
    expect((await answers({ statusCode: 200, body: 'aGVsbG8=', isBase64Encoded: true }).send()).body.toString()).toBe('aGVsbG8=');
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html, lambda-proxy-binary-media.html ("the first Accept header")
  test.each<[string | undefined, string | undefined, boolean, string]>([
    ['image/png', 'image/png, */*', true, 'hello'], ['multipart/form-data; boundary=x', 'application/json, image/png', true, 'aGVsbG8='], ['image/jpeg', 'image/jpeg', false, 'aGVsbG8='],
    [undefined, undefined, false, 'aGVsbG8='], ['audio/ogg', 'audio/mp4', true, 'hello'],
  ])('with binary media types hands on %s, and answers whoever accepts %s', async (type, accept, isBase64Encoded, body) => {
    const { send, events } = restApiFixture({ 'paths': { '/': { post: operation(LAMBDA) } }, 'x-amazon-apigateway-binary-media-types': ['image/png', 'multipart/form-data', 'audio/*'] }, { invoke: () => ({ value: { statusCode: 200, body: 'aGVsbG8=', isBase64Encoded: true } }) });
    const bytes = Buffer.from([0xff, 0xd8, 0x00]);
    const headers = [['Content-Type', type], ['Accept', accept]].filter(([, value]) => value !== undefined) as [string, string][];
    expect((await send({ method: 'POST', headers, body: bytes })).body.toString()).toBe(body);
    expect(events[0]).toMatchObject({ isBase64Encoded, body: bytes.toString(isBase64Encoded ? 'base64' : 'utf8') });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html ("may be remapped to x-amzn-Remapped-HEADER")
  test('gives a challenge of the function another name', async () => {
    const answer = await answers({ statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer', 'Content-Length': '5' }, body: 'no' }).send();
    expect([header(answer, 'www-authenticate'), header(answer, 'x-amzn-remapped-www-authenticate'), header(answer, 'content-length')]).toEqual([undefined, 'Bearer', undefined]);
  });
});

describe('a mock integration', () => {
  const mock = { type: 'mock', passthroughBehavior: 'never', requestTemplates: { 'application/json': '{"statusCode": 405}' }, responses: { 'default': { statusCode: '200' }, '405': { statusCode: '405', responseParameters: { 'method.response.header.Allow': '\'GET\'' }, responseTemplates: { 'application/problem+json': '{"instance":"$context.extendedRequestId"}' } } } };

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
  test('selects its response by the status code of the request template', async () => {
    const { send } = restApiFixture({ paths: { '/': { 'x-amazon-apigateway-any-method': operation(mock) } } });
    const answer = await send({ method: 'PATCH', headers: [['Content-Type', 'application/json; charset=utf-8']] });
    expect([answer.status, header(answer, 'allow'), header(answer, 'content-type'), json(answer)]).toEqual([405, 'GET', 'application/problem+json', { instance: header(answer, 'x-amz-apigw-id') }]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html ("Select a VTL mapping template")
  test.each([['application/xml', '<b/>', 'application/xml'], ['application/json', '{}', 'application/json'], [undefined, '{}', 'application/json'], ['text/plain', '{}', 'application/json']])('answers whoever accepts %s with %s', async (accept, body, type) => {
    const responses = { default: { statusCode: '200', responseTemplates: { 'application/xml': '<b/>', 'application/json': '{}' } } };
    const { send } = restApiFixture({ paths: { '/': { get: operation({ ...MOCK, responses }) } } });
    const answer = await send({ headers: accept === undefined ? [] : [['Accept', accept]] });
    expect([answer.body.toString(), header(answer, 'content-type')]).toEqual([body, type]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html ("uses the first existing template")
  test('answers by its only template whatever is accepted', async () => {
    const { send } = restApiFixture({ paths: { '/': { 'x-amazon-apigateway-any-method': operation(mock) } } });
    expect(header(await send({ method: 'PATCH', headers: [['Content-Type', 'application/json'], ['Accept', 'text/html']] }), 'content-type')).toBe('application/problem+json');
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html (example 1)
  test.each([['when_no_match', undefined, 200], ['when_no_match', 'application/xml', 500], ['when_no_templates', 'application/json', 200], ['when_no_templates', 'application/xml', 415], ['never', undefined, 200], ['never', 'application/xml', 415]])('that passes through %s answers %s with %d', async (passthroughBehavior, type, status) => {
    // What is passed through names no status code here, which a mock needs.
    const { send } = restApiFixture({ paths: { '/': { post: operation({ ...MOCK, passthroughBehavior }) } } });
    expect((await send({ method: 'POST', body: Buffer.from('<a/>'), headers: type === undefined ? [] : [['Content-Type', type]] })).status).toBe(status);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
  test('answers 415 to a content type without a template where nothing passes through', async () => {
    const { send } = restApiFixture({ paths: { '/': { 'x-amazon-apigateway-any-method': operation(mock) } } });
    expect(await send({ method: 'PATCH', headers: [['Content-Type', 'text/plain']] })).toMatchObject({ status: 415 });
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
test('falls back to DEFAULT_4XX with the status of the refusal itself', async () => {
  const { send } = restApiFixture({ paths: {}, 'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.Content-Type': '\'application/problem+json\'', 'gatewayresponse.header.X-Id': 'context.requestId' }, responseTemplates: { 'application/json': '{"type":"$context.error.responseType","said":$context.error.messageString,"none":"$context.authorizer.nothing"}' } } } });
  const answer = await send({ path: '/x' });
  expect([answer.status, header(answer, 'content-type'), header(answer, 'x-id'), json(answer)])
    .toEqual([403, 'application/problem+json', header(answer, 'x-amzn-requestid'), { type: 'MISSING_AUTHENTICATION_TOKEN', said: 'Missing Authentication Token', none: '' }]);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
test('throttles a method above its burst', async () => {
  const { send } = restApiFixture({ paths: { '/a': { get: operation(MOCK) } } }, { methodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 }] });
  const statuses = [await send({ path: '/a' }), await send({ path: '/a' }), await send({ path: '/a' })].map(({ status }) => status);
  expect(statuses).toEqual([200, 200, 429]);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html (limits of clients come before those of methods)
test('takes nothing of the limit of a method for a caller who is above the own one', async () => {
  const document = authorized({ paths: { '/a': { get: operation(MOCK, { security: [{ authorizer: [] }, { key: [] }] }) } } });
  const { send } = restApiFixture({ ...document, 'x-amazon-apigateway-api-key-source': 'AUTHORIZER', components: { securitySchemes: { ...document.components!.securitySchemes, key: { type: 'apiKey', name: 'x-api-key' } } } }, {
    invoke: ({ headers }) => ({ value: { ...(policy('Allow') as { value: object }).value, usageIdentifierKey: (headers as { Authorization: string }).Authorization } }),
    methodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 }],
    usagePlans: [new UsagePlan({ keys: ['acme', 'globex'], throttle: { RateLimit: 0.001, BurstLimit: 1 } })],
  });
  const statuses: number[] = [];
  for (const name of ['acme', 'acme', 'acme', 'globex']) statuses.push((await send({ path: '/a', headers: [['Authorization', name]] })).status);
  expect(statuses).toEqual([200, 429, 429, 200]);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html ("individual per-method limits" before "default per-method limits")
test('gives each method a limit of its own, by its own setting or the default one', async () => {
  const get = { get: operation(MOCK) };
  const { send } = restApiFixture({ paths: { '/a': get, '/b/{id}': get } }, {
    methodSettings: [{ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 }, { ResourcePath: '/~1b~1{id}', HttpMethod: 'GET', ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 }],
  });
  const statuses: number[] = [];
  for (const path of ['/a', '/a', '/b/1', '/b/2', '/b/3']) statuses.push((await send({ path })).status);
  expect(statuses).toEqual([200, 429, 200, 200, 429]);
});

test.each<[string, ApiDocument, string]>([
  ['an integration', { paths: { '/': { get: operation({ type: 'aws', uri: 'arn' }) } } }, 'LOCAL_INTEGRATION: the integration of GET / is emulated, got aws; write type: one of http_proxy, aws_proxy, mock'],
  ['a missing integration', { paths: { '/': { get: {} } } }, 'LOCAL_INTEGRATION: the integration of GET / is emulated, got none'],
  ['an authorizer type', { components: { securitySchemes: { pool: { type: 'apiKey', 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools' } } } } }, 'LOCAL_AUTHORIZER: authorizer pool is a Lambda REQUEST authorizer, got type cognito_user_pools'],
  ['a security scheme', { paths: { '/': { get: operation(MOCK, { security: [{ key: [] }] }) } } }, 'LOCAL_AUTHORIZER: the security scheme of GET / is a Lambda authorizer, got key'],
  ['a mapping template', { paths: { '/': { get: operation({ ...MOCK, requestTemplates: { 'application/json': '#set($a = 1){"statusCode":200}' } }) } } }, 'LOCAL_MAPPING_TEMPLATE: a mapping template of a mock only substitutes $context, got #set($a = 1)'],
  ['a parameter mapping', { paths: { '/': { get: operation({ type: 'http_proxy', uri: 'https://a', requestParameters: { 'integration.request.header.X': 'method.request.body.x' } }) } } }, 'LOCAL_PARAMETER_MAPPING: a parameter mapping reads a known source, got method.request.body.x'],
  ['a request validator', { paths: { '/': { get: operation(MOCK, { 'x-amazon-apigateway-request-validator': 'all' }) } } }, 'LOCAL_REQUEST_VALIDATOR: a request validator is declared in the body, got all'],
])('refuses %s that it does not emulate', (_, document, message) => {
  expect(() => restApiFixture(document)).toThrow(message);
});
