import Ajv from 'ajv';
import { ApiService, Backend, Cors, HttpMethod, Operation, ParameterLocation, ProtectiveMarking } from '../../../lib';
import { apiService, get, JSON_CONTENT, post } from '../../fixtures/declaration';
import { accountsBody, Body, BodyMethod, bodyOf } from '../../fixtures/rest-api-body';

const ANY = 'x-amazon-apigateway-any-method';
const operationsOf = (body: Body): BodyMethod[] => Object.values(body.paths).flatMap((item) => Object.entries(item).filter(([method]) => method !== ANY && method !== 'options').map(([, operation]) => operation));
const headersOf = (method: BodyMethod): Record<string, string> => method['x-amazon-apigateway-integration'].responses!.default.responseParameters;

test('demands the authorizer and validates everything on every operation', () => {
  const operations = operationsOf(accountsBody());
  expect(operations).toHaveLength(2);
  for (const operation of operations) {
    expect(operation.security).toEqual([{ 'trust-token-authorizer': [] }, { api_key: [] }]);
    expect(operation['x-amazon-apigateway-request-validator']).toBe('everything');
  }
  expect(accountsBody()['x-amazon-apigateway-request-validators']).toEqual({ everything: { validateRequestBody: true, validateRequestParameters: true } });
});

test('never caches an authorization, and answers 401 without a call when no token came', () => {
  const scheme = accountsBody().components.securitySchemes['trust-token-authorizer']!;
  expect(scheme).toMatchObject({ in: 'header', name: 'Authorization', 'x-amazon-apigateway-authtype': 'custom' });
  expect(scheme['x-amazon-apigateway-authorizer']).toEqual({
    type: 'request',
    authorizerUri: 'arn:aws:apigateway:ap-southeast-2:lambda:path/2015-03-31/functions/arn:aws:lambda:ap-southeast-2:222222222222:function:${stageVariables.authorizerFunction}/invocations',
    authorizerResultTtlInSeconds: 0,
    identitySource: 'method.request.header.Authorization',
  });
});

test('answers every other method of a path with 405 and the methods that exist', () => {
  const body = bodyOf(apiService({ operations: [get('/a'), post('/a'), get('/b')] }));
  const { type, passthroughBehavior, responses } = body.paths['/a']![ANY]!['x-amazon-apigateway-integration'];
  expect([type, passthroughBehavior, responses!.default.statusCode]).toEqual(['mock', 'never', '405']);
  expect(headersOf(body.paths['/a']![ANY]!)['method.response.header.Allow']).toBe("'GET, POST'");
  expect(headersOf(body.paths['/b']![ANY]!)['method.response.header.Allow']).toBe("'GET'");
});

test('answers no preflight without CORS', () => {
  expect(Object.values(accountsBody().paths).filter((item) => 'options' in item)).toEqual([]);
});

test('answers a preflight with the exact origin and the methods of the path', () => {
  const body = bodyOf(apiService({ cors: Cors.origin('https://app.bank.example') }));
  const headers = headersOf(body.paths['/accounts/{id}']!.options!);
  expect(headers).toMatchObject({
    'method.response.header.Access-Control-Allow-Origin': "'https://app.bank.example'",
    'method.response.header.Access-Control-Allow-Methods': "'GET, OPTIONS'",
    'method.response.header.Vary': "'Origin'",
  });
  expect(headersOf(body.paths['/accounts/{id}']![ANY]!)['method.response.header.Allow']).toBe("'GET, OPTIONS'");
});

test('leaves a declared OPTIONS operation to its service', () => {
  const options = new Operation({ method: HttpMethod.OPTIONS, path: '/accounts' });
  const body = bodyOf(apiService({ cors: Cors.origin('https://app.bank.example'), operations: [options] }));
  expect(body.paths['/accounts']!.options!['x-amazon-apigateway-integration'].type).toBe('http_proxy');
  expect(body.paths['/accounts']!.options!.security).toHaveLength(2);
});

test('satisfies no request with a content type that another operation of the domain brought in', () => {
  const body = bodyOf(apiService(), ['application/json', 'text/csv']);
  const { content } = body.paths['/accounts']!.post!.requestBody!;
  expect(Object.keys(content).sort()).toEqual(['application/json', 'text/csv']);
  const satisfies = new Ajv({ strict: false }).compile({ ...(content['text/csv']!.schema as object), components: body.components });
  for (const value of [{}, { name: 'x' }, [], ['x'], '', 'x', 0, 1.5, true, false]) expect(satisfies(value)).toBe(false);
});

test('takes a content type for declared whatever its case', () => {
  const body = bodyOf(apiService({ operations: [post('/accounts', { content: [{ mediaType: 'Application/JSON', schema: { type: 'object' } }] })] }));
  expect(Object.keys(body.paths['/accounts']!.post!.requestBody!.content)).toHaveLength(1);
});

test('demands a body where content is declared, unless it may be absent', () => {
  const required = (contentRequired?: boolean): boolean => bodyOf(apiService({ operations: [post('/a', { contentRequired })] })).paths['/a']!.post!.requestBody!.required;
  expect([required(), required(true), required(false)]).toEqual([true, true, false]);
  expect(bodyOf(apiService({ operations: [get('/a')] })).paths['/a']!.get!.requestBody).toBeUndefined();
});

test('demands path parameters always, and declared query and header parameters as declared', () => {
  const parameters = [
    { name: 'from', location: ParameterLocation.QUERY, required: true },
    { name: 'X-Page', location: ParameterLocation.HEADER },
    { name: 'id', location: ParameterLocation.PATH },
  ];
  expect(bodyOf(apiService({ operations: [get('/accounts/{id}', { parameters })] })).paths['/accounts/{id}']!.get!.parameters).toEqual([
    { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'from', in: 'query', required: true, schema: { type: 'string' } },
    { name: 'X-Page', in: 'header', required: false, schema: { type: 'string' } },
  ]);
});

test('demands the protective marking on every operation of a marked service, and on none of another', () => {
  const marking = { name: 'X-Protective-Marking', in: 'header', required: true, schema: { type: 'string' } };
  for (const { parameters } of operationsOf(bodyOf(apiService({ protectiveMarking: ProtectiveMarking.required() })))) expect(parameters).toContainEqual(marking);
  for (const { parameters = [] } of operationsOf(accountsBody())) expect(parameters).not.toContainEqual(marking);
});

test('carries along what the gateway does not enforce', () => {
  const body = bodyOf(apiService({ operations: [get('/a', { notEnforced: ['response bodies are not validated'] }), get('/b')] }));
  expect(body.paths['/a']!.get!['x-cdk-api-security-not-enforced']).toEqual(['response bodies are not validated']);
  expect(body.paths['/b']!.get!).not.toHaveProperty('x-cdk-api-security-not-enforced');
});

test('declares binary content types, so that bodies arrive undamaged', () => {
  const content = [...JSON_CONTENT, { mediaType: 'image/png' }, { mediaType: 'text/csv' }, { mediaType: 'multipart/form-data' }];
  expect(bodyOf(apiService({ operations: [post('/a', { content })] }))['x-amazon-apigateway-binary-media-types']).toEqual(['image/png', 'multipart/form-data']);
  expect(accountsBody()).not.toHaveProperty('x-amazon-apigateway-binary-media-types');
});

test('hands a function the request with the platform permission of its account', () => {
  const body = bodyOf(apiService({ backend: Backend.lambda('accounts') }));
  expect(body.paths['/accounts']!.post!['x-amazon-apigateway-integration']).toMatchObject({
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: 'arn:aws:apigateway:ap-southeast-2:lambda:path/2015-03-31/functions/arn:aws:lambda:ap-southeast-2:222222222222:function:accounts/invocations',
  });
});

test('lets a browser read the 405 of a service with CORS', () => {
  const parametersOf = (service: ApiService): unknown => (bodyOf(service).paths['/accounts']!['x-amazon-apigateway-any-method']!['x-amazon-apigateway-integration'] as unknown as { responses: { default: { responseParameters: unknown } } }).responses.default.responseParameters;
  expect(parametersOf(apiService({ cors: Cors.origin('https://www.{domainName}') }))).toHaveProperty(['method.response.header.Access-Control-Allow-Origin'], "'https://www.test.bank.example'");
  expect(parametersOf(apiService())).not.toHaveProperty(['method.response.header.Access-Control-Allow-Origin']);
});

test('takes what a request counts as from the authorizer, on every operation and on no mock', () => {
  const body = bodyOf(apiService({ cors: Cors.origin('https://app.bank.example') }));
  expect(body['x-amazon-apigateway-api-key-source']).toBe('AUTHORIZER');
  expect(body.components.securitySchemes.api_key).toEqual({ type: 'apiKey', name: 'x-api-key', in: 'header' });
  const operations = Object.values(body.paths).flatMap((item) => Object.values(item));
  expect(operations.map((operation) => [operation['x-amazon-apigateway-integration'].type === 'mock', operation.security?.some((scheme) => 'api_key' in scheme) ?? false]).every(([mock, counted]) => mock !== counted)).toBe(true);
});
