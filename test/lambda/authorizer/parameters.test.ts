import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadedParameters } from '../../../lambda/authorizer/loaded-parameters';
import { parameterFault } from '../../../lambda/authorizer/parameter-module';
import { GatewayRequest } from '../../../lambda/authorizer/gateway-request';
import { NO_USAGE_IDENTIFIER } from '../../../lib/contract/rate-limit';
import type { AuthorizerConfiguration } from '../../../lib/contract/authorizer-configuration';
import type { ParameterRules } from '../../../lib/contract/parameter-rule';
import { accessToken, CONFIGURATION, decide, requestEvent, type EventOptions, type Outcome, type Scenario } from '../fixtures/authorizer';

const KEY = 'accounts GET /accounts/{id}';
const RULES: ParameterRules = {
  path: { id: { value: { type: ['integer'] } } },
  query: { limit: { value: { type: ['integer'], minimum: 1, maximum: 100 } }, status: { list: '&', maxItems: 2, value: { enum: ['open', 'paid'] } }, ids: { list: ',', uniqueItems: true }, flag: { mayBeEmpty: true, value: { type: ['boolean'] } } },
  header: { 'X-Page': { value: { type: ['integer'] } }, 'X-Tags': { list: ',', maxItems: 2, value: { pattern: '^[a-z]+$' } } },
};
const BEARER = { Authorization: [`Bearer ${accessToken()}`] };

function fault(options: EventOptions, rules = RULES): string | undefined {
  return parameterFault(rules, new GatewayRequest(requestEvent(options)));
}
const several = (multiValueQueryStringParameters: Record<string, string[]>): EventOptions => ({ event: { multiValueQueryStringParameters, queryStringParameters: null } });

test.each<[string, EventOptions]>([
  ['nothing but its path', {}],
  ['every parameter as declared', { query: { limit: '100', status: 'open', ids: '1,2', flag: '' }, headers: { 'x-page': ['1'], 'X-TAGS': ['a , b'] } }],
  ['a list as several parameters', several({ status: ['open', 'paid'] })],
  ['no query at all', { event: { multiValueQueryStringParameters: null, queryStringParameters: null } }],
  ['a list in two lines', { headers: { 'X-Tags': ['a', 'b'] } }],
])('lets %s through', (_, options) => {
  expect(fault(options)).toBeUndefined();
});

test.each<[string, EventOptions, string]>([
  ['a value out of bounds', { query: { limit: '101' } }, "query parameter 'limit': maximum"],
  ['a value of another type', { query: { limit: '1 OR 1=1' } }, "query parameter 'limit': type"],
  ['a scalar that is sent twice, of which services take one or the other', several({ limit: ['1', '9999'] }), "query parameter 'limit': sent twice"],
  ['a value that is in one of the maps only', { event: { multiValueQueryStringParameters: {}, queryStringParameters: { limit: '101' } } }, "query parameter 'limit': maximum"],
  ['a parameter that nobody declared', { query: { debug: 'true' } }, 'a query parameter that is not declared'],
  ['a declared name in another case', { query: { Limit: '9999' } }, 'a query parameter that is not declared'],
  ['a name of every object', { query: { constructor: 'x' } }, 'a query parameter that is not declared'],
  ['too many of a list', several({ status: ['open', 'paid', 'open'] }), "query parameter 'status': maxItems"],
  ['a member of a list', several({ status: ['open', 'lost'] }), "query parameter 'status': enum"],
  ['a repeated member', { query: { ids: '1,1' } }, "query parameter 'ids': uniqueItems"],
  ['bytes that are no text', { query: { ids: '\uFFFD' } }, "query parameter 'ids': encoding"],
  ['a text that ends for some who read it', { query: { ids: '1\0' } }, "query parameter 'ids': encoding"],
  ['a path parameter of another type', { event: { pathParameters: { id: '4%202' } } }, "path parameter 'id': type"],
  ['a path parameter that does not decode', { event: { pathParameters: { id: '%zz' } } }, "path parameter 'id': encoding"],
  ['overlong UTF-8', { event: { pathParameters: { id: '%c0%b1' } } }, "path parameter 'id': encoding"],
  ['a header', { headers: { 'x-page': ['first'] } }, "header parameter 'X-Page': type"],
  ['a header twice', { headers: { 'X-Page': ['1', '2'] } }, "header parameter 'X-Page': sent twice"],
  ['a header in two spellings', { headers: { 'X-Page': ['1'], 'x_page': ['2'] } }, "header parameter 'X-Page': sent twice"],
  ['a list of headers that is too long together', { headers: { 'X-Tags': ['a,b', 'c'] } }, "header parameter 'X-Tags': maxItems"],
])('refuses %s', (_, options, expected) => {
  expect(fault(options)).toBe(expected);
});

test('decodes a path parameter once', () => {
  const rules: ParameterRules = { path: { id: { value: { pattern: '^[a-z ]+$' } } } };
  expect(fault({ event: { pathParameters: { id: 'a%20b' } } }, rules)).toBeUndefined();
  expect(fault({ event: { pathParameters: { id: 'a%2520b' } } }, rules)).toBe("path parameter 'id': pattern");
});

test('where any name is let through, refuses one that a service may take for a declared one', () => {
  const open: ParameterRules = { ...RULES, anyQuery: true };
  expect(fault({ query: { utm_source: 'mail' } }, open)).toBeUndefined();
  for (const name of ['Limit', 'limit[]', ' limit', 'limit[0]', 'LIMIT']) expect(fault({ query: { [name]: '9999' } }, open)).toBe('a query parameter that is not declared');
});

test('lets a name through that begins as an open one', () => {
  expect([fault({ query: { 'filter[any]': 'x' } }, { openQuery: ['filter['] }), fault({ query: { other: 'x' } }, { openQuery: ['filter['] })]).toEqual([undefined, 'a query parameter that is not declared']);
});

test('asks for what the gateway cannot see', () => {
  expect([fault({}, { query: { q: { required: true, mayBeEmpty: true } } }), fault({ query: { q: '' } }, { query: { q: { required: true, mayBeEmpty: true } } })]).toEqual(["query parameter 'q': required", undefined]);
});

// The checks from where they lie beside the handler.
const FILE = join(__dirname, '../../../dist/handlers/authorizer/parameters.js');
const decision = (scenario: Scenario, more: Partial<AuthorizerConfiguration> = {}): Promise<Outcome> => decide({
  headers: BEARER, ...scenario,
  configuration: { operations: { [KEY]: { ...CONFIGURATION.operations[KEY]!, parameters: RULES } }, ...more },
  dependencies: { parameters: loadedParameters(FILE), ...scenario.dependencies },
});

describe('a decision', () => {
  test('is made by what is published', () => {
    expect(existsSync(FILE)).toBe(true);
  });

  test('lets a good request through, with its trust token', async () => {
    expect((await decision({ query: { limit: '1' } })).result?.context?.trustToken).toEqual(expect.any(String));
  });

  // An Allow of somebody whom no usage plan knows is what the gateway answers 400 to (decision 31).
  test('has a wrong one refused by the gateway, without a trust token, and tells operators which', async () => {
    const { result, records } = await decision({ query: { limit: '101; DROP TABLE accounts' } });
    expect(result).toMatchObject({ usageIdentifierKey: NO_USAGE_IDENTIFIER, context: { refusal: 'parameter_invalid' } });
    expect(result?.context).not.toHaveProperty('trustToken');
    expect(records.at(-1)).toMatchObject({ outcome: 'refused', reason: 'parameter_invalid', detail: "query parameter 'limit': type", consumer: 'Web', operation: 'getAccount' });
    expect(JSON.stringify(records)).not.toContain('DROP');
  });

  test('is 403 where the service counts requests, whose refusals are told that way', async () => {
    const outcome = await decision({ query: { limit: '101' } }, { rateLimits: { accounts: { requests: 1, windowSeconds: 60 } } });
    expect([outcome.status, outcome.result?.context]).toEqual([403, expect.objectContaining({ refusal: 'parameter_invalid', challenge: 'Bearer error="invalid_request"' })]);
  });

  test('tells nothing of parameters to whom it does not know', async () => {
    const { status } = await decision({ headers: { Authorization: ['Bearer none'] }, query: { limit: '101' } });
    expect(status).toBe(401);
    expect((await decision({ headers: { Authorization: [`Bearer ${accessToken({ scope: 'other' })}`] }, query: { limit: '101' } })).result?.context).toMatchObject({ refusal: 'scope_insufficient' });
  });

  test('fails closed where the checks are not there', async () => {
    expect((await decision({ dependencies: { parameters: loadedParameters('/nowhere/parameters.js') } })).status).toBe(500);
  });

  // What the rule is worth: without it the attack goes through.
  test('would let everything through without rules', async () => {
    const { result } = await decision({ query: { limit: '101; DROP TABLE accounts' } }, { operations: CONFIGURATION.operations });
    expect(result?.context?.trustToken).toEqual(expect.any(String));
  });
});
