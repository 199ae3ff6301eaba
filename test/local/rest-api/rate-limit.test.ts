import { exceeded } from '../../../lambda/authorizer/answer';
import { RateLimitExceeded } from '../../../lambda/authorizer/rate-limits';
import { usageIdentifier } from '../../../lib/contract/api-key';
import { gatewayResponses } from '../../../lib/gateway/gateway-responses';
import type { ApiDocument } from '../../../local/rest-api/api-document';
import { header } from '../../../local/rest-api/gateway-request';
import { UsagePlan } from '../../../local/rest-api/usage-plan';
import { authorized, json, LAMBDA, operation, restApiFixture } from './rest-api-fixture';

const IDENTIFIER = usageIdentifier('public', 'acme', 'accounts');
const answer = exceeded(new RateLimitExceeded({ limit: 60, remaining: 0, reset: 1_800_000_060 }, 42), 'arn:aws:execute-api:*', { txn: 't' });

/** What the library's own authorizer and gateway responses make of a request above its limit. */
function stage(counted: boolean, security: readonly object[] = [{ authorizer: [] }, { api_key: [] }]) {
  const document = authorized({ paths: { '/a': { get: operation(LAMBDA, { security: security as never }) } } });
  const securitySchemes = { ...document.components!.securitySchemes, api_key: { type: 'apiKey', name: 'x-api-key' } };
  const invoke = ({ type }: Record<string, unknown>) => (type === 'REQUEST' ? { value: answer } : { value: { statusCode: 200, body: 'let through' } });
  return restApiFixture({
    ...document, components: { securitySchemes }, 'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
    'x-amazon-apigateway-gateway-responses': gatewayResponses('bank.example', undefined, false, counted) as ApiDocument['x-amazon-apigateway-gateway-responses'],
  }, { invoke, usagePlans: [new UsagePlan({ keys: [IDENTIFIER] })] });
}

const REQUEST = { path: '/a', headers: [['Authorization', 'x'], ['x-api-key', IDENTIFIER]] as [string, string][] };

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html (a key of no plan is refused), supported-gateway-response-types.html (INVALID_API_KEY), customize-gateway-responses.html (its status, headers and body are the API's)
test('refuses a request above its limit with 429, and says when to come back and where its consumer stands', async () => {
  const { send, events } = stage(true);
  const reply = await send(REQUEST);
  expect([reply.status, header(reply, 'content-type'), json(reply)]).toEqual([429, 'application/problem+json', expect.objectContaining({ status: 429, title: 'Too Many Requests', detail: 'The rate limit is exceeded.' })]);
  expect(['Retry-After', 'X-Rate-Limit-Limit', 'X-Rate-Limit-Remaining', 'X-Rate-Limit-Reset'].map((name) => header(reply, name))).toEqual(['42', '60', '0', '1800000060']);
  expect(events.map(({ type }) => type)).toEqual(['REQUEST']);
});

test('refuses it as well where the API does not know of limits, as it does a wrong parameter', async () => {
  expect((await stage(false).send(REQUEST)).status).toBe(400);
});

// Why OPERATION_OPEN insists on the usage plan of every operation.
test('would let it through, without a trust token, where no usage plan counted the operation', async () => {
  const { send, events } = stage(true, [{ authorizer: [] }]);
  expect((await send(REQUEST)).body.toString()).toBe('let through');
  expect((events.at(-1)!.requestContext as { authorizer: object }).authorizer).not.toHaveProperty('trustToken');
});
