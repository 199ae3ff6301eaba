import { Cors } from '../../../lib';
import { checkOperations } from '../../../lib/gateway/operation-check';
import { apiService } from '../../fixtures/declaration';
import { Body, bodyOf, mutated } from '../../fixtures/rest-api-body';
import { refusalOf } from '../../fixtures/refusal';

const ANY = 'x-amazon-apigateway-any-method';
const good = bodyOf(apiService({ cors: Cors.origin('https://app.bank.example') }));
const INTEGRATION = 'x-amazon-apigateway-integration';
const VALIDATOR = 'x-amazon-apigateway-request-validator';
const get = (body: Body): Body['paths'][string][string] => body.paths['/accounts/{id}']!.get!;
const mock = structuredClone(good.paths['/accounts']!.options!);

test('accepts preflights and answers to unused methods without an authorizer', () => {
  expect(() => checkOperations(good)).not.toThrow();
});

test.each<[string, string, (body: Body) => void]>([
  ['an operation without security', 'no authorizer on get /accounts/{id}', (body) => delete get(body).security],
  ['an operation with an empty security list', 'no authorizer on get /accounts/{id}', (body) => { get(body).security = []; }],
  ['an operation that may also be called without security', 'no authorizer on get /accounts/{id}', (body) => get(body).security!.push({})],
  ['an operation with another scheme', 'no authorizer on get /accounts/{id}', (body) => { get(body).security = [{ 'api-key': [] }]; }],
  ['an operation with an alternative to the authorizer', 'no authorizer on get /accounts/{id}', (body) => get(body).security!.push({ other: [] })],
  ['an operation whose usage plan is an alternative to nothing', 'no authorizer on get /accounts/{id}', (body) => { get(body).security = [{ api_key: [] }]; }],
  ['an operation that is not counted', 'no usage plan on get /accounts/{id}', (body) => { get(body).security!.pop(); }],
  ['a usage plan by a header of the caller', 'a usage plan that callers choose their own place in on get /accounts/{id}', (body) => { body['x-amazon-apigateway-api-key-source'] = 'HEADER'; }],
  ['a usage plan by the header that is the default', 'a usage plan that callers choose their own place in on get /accounts/{id}', (body) => { delete body['x-amazon-apigateway-api-key-source']; }],
  ['an operation without validator', 'no request validator on get /accounts/{id}', (body) => Reflect.deleteProperty(get(body), VALIDATOR)],
  ['an operation with another validator', 'no request validator on get /accounts/{id}', (body) => { get(body)[VALIDATOR] = 'parameters-only'; }],
  ['an operation without trust token mapping', 'no trust token mapping on get /accounts/{id}', (body) => delete get(body)[INTEGRATION].requestParameters!['integration.request.header.Txn-Token']],
  ['an operation that passes the trust token of the caller on', 'no trust token mapping on get /accounts/{id}', (body) => { get(body)[INTEGRATION].requestParameters!['integration.request.header.Txn-Token'] = 'method.request.header.Txn-Token'; }],
  ['an operation without any mapping', 'no trust token mapping on get /accounts/{id}', (body) => delete get(body)[INTEGRATION].requestParameters],
  ['an open mock under a method of its own', 'no authorizer on get /accounts/{id}', (body) => { body.paths['/accounts/{id}']!.get = mock; }],
  ['an open mock on a new path', 'no authorizer on post /status', (body) => { body.paths['/status'] = { post: mock, [ANY]: body.paths['/accounts']![ANY]! }; }],
  ['a preflight that reaches the backend', 'no authorizer on options /accounts', (body) => { body.paths['/accounts']!.options = { ...mock, [INTEGRATION]: { type: 'http_proxy' } }; }],
  ['a path without an answer to unused methods', 'no answer to unused methods on /accounts', (body) => Reflect.deleteProperty(body.paths['/accounts']!, ANY)],
  ['an answer to unused methods that reaches the backend', 'no answer to unused methods on /accounts', (body) => { body.paths['/accounts']![ANY] = get(body); }],
  ['public keys under another path', 'no authorizer on get /keys', (body) => { body.paths['/keys'] = { get: { [INTEGRATION]: { type: 'aws_proxy' } }, [ANY]: body.paths['/accounts']![ANY]! }; }],
])('refuses %s', (_, fault, mutate) => {
  expect(refusalOf(() => checkOperations(mutated(good, mutate)))).toContain(`got ${fault}; write`);
});
