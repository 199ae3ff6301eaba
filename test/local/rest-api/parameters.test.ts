import { invalid } from '../../../lambda/authorizer/answer';
import { usageIdentifier } from '../../../lib/contract/api-key';
import { gatewayResponses } from '../../../lib/gateway/gateway-responses';
import type { ApiDocument } from '../../../local/rest-api/api-document';
import { header } from '../../../local/rest-api/gateway-request';
import { UsagePlan } from '../../../local/rest-api/usage-plan';
import { authorized, json, LAMBDA, operation, restApiFixture } from './rest-api-fixture';

/** What the library's own authorizer and gateway responses make of a request with a wrong parameter. */
function stage(security: readonly object[] = [{ authorizer: [] }, { api_key: [] }]) {
  const document = authorized({ paths: { '/a': { get: operation(LAMBDA, { security: security as never }) } } });
  return restApiFixture({
    ...document, components: { securitySchemes: { ...document.components!.securitySchemes, api_key: { type: 'apiKey', name: 'x-api-key' } } }, 'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
    'x-amazon-apigateway-gateway-responses': gatewayResponses('bank.example', undefined) as ApiDocument['x-amazon-apigateway-gateway-responses'],
  }, {
    invoke: ({ type }) => ({ value: type === 'REQUEST' ? invalid('arn:aws:execute-api:*', { txn: 't', refusal: 'parameter_invalid' }) : { statusCode: 200, body: 'let through' } }),
    usagePlans: [new UsagePlan({ keys: [usageIdentifier('public', 'acme', 'accounts')] })],
  });
}
const REQUEST = { path: '/a', headers: [['Authorization', 'x']] as [string, string][] };

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html (a key of no plan is refused), supported-gateway-response-types.html (INVALID_API_KEY), customize-gateway-responses.html (its status and body are the API's)
test('refuses a wrong parameter with 400 and a problem that repeats nothing of the request', async () => {
  const { send, events } = stage();
  const reply = await send({ ...REQUEST, query: 'limit=%22%3E' });
  expect([reply.status, header(reply, 'content-type'), json(reply)]).toEqual([400, 'application/problem+json', {
    type: 'about:blank', title: 'Bad Request', status: 400, detail: 'The request does not satisfy the API description.', instance: expect.stringMatching(/^urn:request:/) as string,
  }]);
  expect(events.map(({ type }) => type)).toEqual(['REQUEST']);
});

// Why OPERATION_OPEN insists on the usage plan of every operation.
test('would let it through, without a trust token, where no usage plan counted the operation', async () => {
  const { send, events } = stage([{ authorizer: [] }]);
  expect((await send(REQUEST)).body.toString()).toBe('let through');
  expect((events.at(-1)!.requestContext as { authorizer: object }).authorizer).not.toHaveProperty('trustToken');
});
