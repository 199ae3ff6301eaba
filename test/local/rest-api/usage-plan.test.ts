import type { ApiDocument } from '../../../local/rest-api/api-document';
import { header } from '../../../local/rest-api/gateway-request';
import { UsagePlan } from '../../../local/rest-api/usage-plan';
import { authorized, json, MOCK, operation, policy, restApiFixture } from './rest-api-fixture';

const bearer = (name: string): [string, string][] => [['Authorization', name]];

/** A document whose operations are counted; its authorizer gives the token as identifier. */
function counted(source?: string): ApiDocument {
  const document = authorized({ paths: { '/a': { get: operation(MOCK, { security: [{ authorizer: [] }, { api_key: [] }] }) }, '/b': { get: operation(MOCK, { security: [{ authorizer: [] }, { api_key: [] }] }) } } });
  return {
    ...document, ...source === undefined ? {} : { 'x-amazon-apigateway-api-key-source': source },
    components: { securitySchemes: { ...document.components!.securitySchemes, api_key: { type: 'apiKey', name: 'x-api-key' } } },
  };
}

const invoke = ({ headers }: Record<string, unknown>) => ({ value: { ...(policy('Allow') as { value: object }).value, usageIdentifierKey: (headers as { Authorization: string }).Authorization } });
const keys = ['acme', 'globex'];

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html (usageIdentifierKey)
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html ("limits apply to requests for individual API keys that are aggregated across all API stages within a usage plan")
test('counts a consumer by what the authorizer says, over all operations, and another by itself', async () => {
  let now = 0;
  const { send } = restApiFixture(counted('AUTHORIZER'), { invoke, usagePlans: [new UsagePlan({ keys, throttle: { RateLimit: 1, BurstLimit: 2 } }, () => now)] });
  const statuses = async (name: string): Promise<number[]> => [(await send({ path: '/a', headers: bearer(name) })).status, (await send({ path: '/b', headers: bearer(name) })).status, (await send({ path: '/a', headers: bearer(name) })).status];
  expect(await statuses('acme')).toEqual([200, 200, 429]);
  expect(await statuses('globex')).toEqual([200, 200, 429]);
  now = 1000;
  const again = [await send({ path: '/a', headers: bearer('acme') }), await send({ path: '/a', headers: bearer('acme') })];
  expect(again.map(({ status }) => status)).toEqual([200, 429]);
  expect([json(again[1]!), header(again[1]!, 'x-amzn-errortype')]).toEqual([{ message: 'Too Many Requests' }, 'TooManyRequestsException']);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html (one source: HEADER or AUTHORIZER)
test('lets nobody be counted as somebody else by a header', async () => {
  const { send } = restApiFixture(counted('AUTHORIZER'), { invoke, usagePlans: [new UsagePlan({ keys, throttle: { RateLimit: 1, BurstLimit: 1 } }, () => 0)] });
  const asGlobex: [string, string][] = [...bearer('acme'), ['x-api-key', 'globex']];
  expect([(await send({ path: '/a', headers: asGlobex })).status, (await send({ path: '/a', headers: asGlobex })).status]).toEqual([200, 429]);
  expect((await send({ path: '/a', headers: bearer('globex') })).status).toBe(200);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html ("you can choose to set HEADER or AUTHORIZER")
test('takes the key from the header where that is the source, which is the default', async () => {
  const { send } = restApiFixture(counted(), { invoke, usagePlans: [new UsagePlan({ keys })] });
  expect((await send({ path: '/a', headers: bearer('acme') })).status).toBe(403);
  expect((await send({ path: '/a', headers: [...bearer('nobody'), ['x-api-key', 'acme']] })).status).toBe(200);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html (INVALID_API_KEY)
test.each([['a key of no plan', bearer('stranger'), true], ['a stage without a plan', bearer('acme'), false]])('refuses %s', async (_, headers, attached) => {
  const { send } = restApiFixture(counted('AUTHORIZER'), { invoke, usagePlans: attached ? [new UsagePlan({ keys })] : [] });
  const answer = await send({ path: '/a', headers });
  expect([answer.status, json(answer)]).toEqual([403, { message: 'Forbidden' }]);
});

// https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html; supported-gateway-response-types.html (QUOTA_EXCEEDED)
test('ends a quota with its day, and not before', async () => {
  let now = Date.parse('2027-01-15T23:59:59Z');
  const { send } = restApiFixture(counted('AUTHORIZER'), { invoke, usagePlans: [new UsagePlan({ keys, quota: { Limit: 1, Period: 'DAY' } }, () => now)] });
  const answer = async (name: string): Promise<[number, unknown]> => {
    const { status, body } = await send({ path: '/a', headers: bearer(name) });
    return [status, body.toString()];
  };
  expect(await answer('acme')).toEqual([200, '']);
  expect(await answer('acme')).toEqual([429, '{"message":"Limit Exceeded"}']);
  expect((await answer('globex'))[0]).toBe(200);
  now += 1000;
  expect((await answer('acme'))[0]).toBe(200);
});

// https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html ("The number of requests subtracted from the given limit in the initial time period")
test('begins with less of a quota where its offset says so', async () => {
  let now = Date.parse('2027-01-13T12:00:00Z');
  const { send } = restApiFixture(counted('AUTHORIZER'), { invoke, usagePlans: [new UsagePlan({ keys, quota: { Limit: 2, Offset: 1, Period: 'WEEK' } }, () => now)] });
  const statuses = async (): Promise<number[]> => [(await send({ path: '/a', headers: bearer('acme') })).status, (await send({ path: '/a', headers: bearer('acme') })).status, (await send({ path: '/a', headers: bearer('acme') })).status];
  expect(await statuses()).toEqual([200, 429, 429]);
  // A Saturday is of the same week, the Sunday after it of the next one.
  now = Date.parse('2027-01-16T23:59:59Z');
  expect(await statuses()).toEqual([429, 429, 429]);
  now = Date.parse('2027-01-17T00:00:00Z');
  expect(await statuses()).toEqual([200, 200, 429]);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html ("Configuring method-level throttling in a usage plan")
test('limits single methods for each consumer', async () => {
  const { send } = restApiFixture(counted('AUTHORIZER'), { invoke, usagePlans: [new UsagePlan({ keys, methods: { 'abcdefghij/live/a/GET': { RateLimit: 1, BurstLimit: 1 } } }, () => 0)] });
  const statuses: number[] = [];
  for (const [path, name] of [['/a', 'acme'], ['/a', 'acme'], ['/b', 'acme'], ['/a', 'globex']]) statuses.push((await send({ path, headers: bearer(name!) })).status);
  expect(statuses).toEqual([200, 429, 200, 200]);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html ("If access is denied, API Gateway returns a suitable HTTP status code")
test('spends nothing of a plan on a request that the authorizer refuses', async () => {
  const plan = new UsagePlan({ keys, throttle: { RateLimit: 1, BurstLimit: 1 } }, () => 0);
  const refused = restApiFixture(counted('AUTHORIZER'), { invoke: () => ({ value: { ...(policy('Deny') as { value: object }).value, usageIdentifierKey: 'acme' } }), usagePlans: [plan] });
  expect((await refused.send({ path: '/a', headers: bearer('acme') })).status).toBe(403);
  const { send } = restApiFixture(counted('AUTHORIZER'), { invoke, usagePlans: [plan] });
  expect((await send({ path: '/a', headers: bearer('acme') })).status).toBe(200);
});
