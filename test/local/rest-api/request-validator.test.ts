import type { ApiDocument } from '../../../local/rest-api/api-document';
import { LAMBDA, operation, restApiFixture } from './rest-api-fixture';

const document: ApiDocument = {
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-gateway-responses': { BAD_REQUEST_BODY: { responseTemplates: { 'text/plain': '$context.error.validationErrorString' } } },
  'paths': {
    '/pets': {
      post: operation(LAMBDA, {
        parameters: [{ $ref: '#/components/parameters/Purpose' } as never, { name: 'page', in: 'query', required: true }],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
      }),
      put: operation(LAMBDA, { requestBody: { content: { $default: { schema: { type: 'object' } } } } }),
    },
  },
  'components': {
    parameters: { Purpose: { name: 'X-Purpose', in: 'header', required: true } },
    schemas: {
      Pet: {
        type: 'object', required: ['name'], additionalProperties: false,
        properties: { id: { type: 'integer', minimum: 0, exclusiveMinimum: true }, name: { type: 'string', nullable: true, example: { id: 'x' } }, friends: { type: 'array', maxItems: 1, items: { $ref: '#/components/schemas/Pet' } }, born: { type: 'string', format: 'date-time' } },
      },
    },
  },
};
const { send } = restApiFixture(document);

async function post(body: string, contentType: string | undefined = 'application/json', over: object = {}): Promise<[number, string]> {
  const headers: [string, string][] = [['X-Purpose', 'test'], ...contentType === '' ? [] : [['Content-Type', contentType] as [string, string]]];
  const answer = await send({ method: 'POST', path: '/pets', query: 'page=1', headers, body: Buffer.from(body), ...over });
  return [answer.status, answer.body.toString()];
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
test.each([
  ['a missing header', { headers: [['Content-Type', 'application/json']] }, 'Missing required request parameters: [X-Purpose]'],
  ['a blank header', { headers: [['X-Purpose', ' ']] }, 'Missing required request parameters: [X-Purpose]'],
  ['a missing query parameter and header', { query: '', headers: [] }, 'Missing required request parameters: [X-Purpose, page]'],
])('refuses %s', async (_, over, message) => {
  expect(await post('{"name":"Rex"}', undefined, over)).toEqual([400, JSON.stringify({ message })]);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html (models are JSON schema draft 4)
// https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html ("Only the MIME type is used", "its default value is application/json")
test.each([
  ['a model that is met', '{"name":"Rex","id":1,"friends":[{"name":"Tom"}]}', 200],
  ['a charset beside the type', '{"id":"x"}', 400, 'Application/JSON; charset=utf-8'],
  ['a missing type, which counts as JSON', '{"id":"x"}', 400, ''],
  ['a value of the wrong type', '{"name":5}', 400],
  ['a nested value of the wrong type', '{"name":"Rex","friends":[{"name":5}]}', 400],
  ['a member that is not declared', '{"name":"Rex","admin":true}', 400],
  ['an exclusive minimum in its draft 4 form', '{"name":"Rex","id":0}', 400],
  ['a malformed format', '{"name":"Rex","born":"yesterday"}', 400],
  ['an empty body', '', 400],
  ['a body that is not JSON', '{', 400],
])('validates %s', async (_, body, status, contentType = 'application/json') => {
  expect((await post(body, contentType))[0]).toBe(status);
});

// Run against AWS: https://github.com/localstack/localstack/pull/7916
test('holds an empty body to its model as an empty object', async () => {
  expect((await post(''))[0]).toBe(400);
  expect((await send({ method: 'PUT', path: '/pets' })).status).toBe(200);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html ($context.error.validationErrorString)
test('tells the gateway response what is wrong', async () => {
  expect(await post('{"name":5}')).toEqual([400, '[/name must be string]']);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
// "If no matching content type is found, request validation is not performed. To use the same model regardless of the content type, set $default."
test('skips a content type without a model, but not where there is a $default model', async () => {
  expect(await post('<pet/>', 'text/xml')).toEqual([200, 'ok']);
  expect((await send({ method: 'PUT', path: '/pets', headers: [['Content-Type', 'text/xml']], body: Buffer.from('<pet/>') })).status).toBe(400);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
test('drops keywords that an import does not keep: nullable and the limits of arrays', async () => {
  expect((await post('{"name":null}'))[0]).toBe(400);
  expect((await post('{"name":"Rex","friends":[{"name":"Tom"},{"name":"Kim"}]}'))[0]).toBe(200);
});
