import { authorized, LAMBDA, operation, policy, restApiFixture, type RestApiFixture } from './rest-api-fixture';
import type { ApiDocument, AuthorizerSettings } from '../../../local/rest-api/api-document';
import type { InvocationOutcome } from '../../../local/rest-api/invocation';

const secured = operation(LAMBDA, { security: [{ authorizer: [] }] });

function stage(settings: Partial<AuthorizerSettings>, answer: () => InvocationOutcome = () => policy('Allow', { consumer: 'one' })): RestApiFixture {
  const document = authorized({ paths: { '/a': { get: secured, post: secured }, '/b': { get: secured } } });
  const scheme = document.components!.securitySchemes!.authorizer!;
  const changed: ApiDocument = { ...document, components: { securitySchemes: { authorizer: { ...scheme, 'x-amazon-apigateway-authorizer': { ...scheme['x-amazon-apigateway-authorizer']!, ...settings } } } } };
  return restApiFixture(changed, { invoke: ({ type }) => type === 'REQUEST' ? answer() : { value: { statusCode: 200 } } });
}

const send = async (fixture: RestApiFixture, token: string, over: { readonly path?: string; readonly query?: string; readonly headers?: [string, string][] } = {}): Promise<number> =>
  (await fixture.send({ path: '/a', ...over, headers: [['Authorization', token], ...over.headers ?? []] })).status;
const asked = ({ events }: RestApiFixture): number => events.filter(({ type }) => type === 'REQUEST').length;

afterEach(() => { jest.useRealTimers(); });

// https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html
test('answers by the cached policy for every method of the API, until its time is over', async () => {
  jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const fixture = stage({ authorizerResultTtlInSeconds: 60 });
  expect([await send(fixture, 'x'), await send(fixture, 'x'), await send(fixture, 'x', { path: '/b' })]).toEqual([200, 200, 200]);
  expect(asked(fixture)).toBe(1);
  expect(fixture.events.at(-1)).toMatchObject({ requestContext: { authorizer: { consumer: 'one' } } });
  jest.setSystemTime(60_001);
  await send(fixture, 'x');
  expect(asked(fixture)).toBe(2);
});

// https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html ("The identity source [...] to derive the authorization caching key")
test('keeps an answer for all identity sources together, however they are cut', async () => {
  const fixture = stage({ authorizerResultTtlInSeconds: 60, identitySource: 'method.request.header.Authorization, method.request.querystring.tenant' });
  for (const [token, tenant] of [['a', 'b'], ['a', 'c'], ['a,b', 'c'], ['a', 'b,c'], ['a', 'b']]) await send(fixture, token!, { query: `tenant=${tenant!}` });
  expect(asked(fixture)).toBe(4);
  expect(await send(fixture, 'a')).toBe(401);
  expect(asked(fixture)).toBe(4);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html ("API Gateway uses the specified identity sources as the request authorizer caching key")
test('shares one answer between callers that differ in nothing but what is no identity source: why trust tokens are not cached', async () => {
  const fixture = stage({ authorizerResultTtlInSeconds: 60 });
  await send(fixture, 'x', { headers: [['X-Other', '1']] });
  await send(fixture, 'x', { headers: [['X-Other', '2']] });
  expect(asked(fixture)).toBe(1);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html ("By default [...] 300 seconds"; 0 disables it)
test.each([[0, 2], [undefined, 1], [300, 1]])('with a time to live of %s asks %s times for two requests', async (authorizerResultTtlInSeconds, times) => {
  const fixture = stage({ authorizerResultTtlInSeconds });
  await send(fixture, 'x');
  await send(fixture, 'x');
  expect(asked(fixture)).toBe(times);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html (the policy is cached, whatever it says; an error gives none)
test('keeps a refusal as well, but no error', async () => {
  const refusing = stage({ authorizerResultTtlInSeconds: 60 }, () => policy('Deny'));
  expect([await send(refusing, 'x'), await send(refusing, 'x'), asked(refusing)]).toEqual([403, 403, 1]);
  const failing = stage({ authorizerResultTtlInSeconds: 60 }, () => ({ error: { errorType: 'Error', errorMessage: 'Unauthorized' } }));
  expect([await send(failing, 'x'), await send(failing, 'x'), asked(failing)]).toEqual([401, 401, 2]);
});

test('does not grow with what callers make up', async () => {
  const fixture = stage({ authorizerResultTtlInSeconds: 3600 });
  for (let index = 0; index < 10_001; index += 1) await send(fixture, `token-${index}`);
  await send(fixture, 'token-0');
  expect(asked(fixture)).toBe(10_002);
});
