import { Backend, Operation } from '../../../lib';
import { integration } from '../../../lib/gateway/integration';
import { partitions, Route } from '../../../lib/declaration/partition';
import { apiService, get, post } from '../../fixtures/declaration';
import { TARGET } from '../../fixtures/rest-api-body';

interface HttpsIntegration {
  readonly uri: string;
  readonly httpMethod: string;
  readonly requestParameters: Record<string, string>;
}

/** The route that the operations of a service get. */
const routesOf = (...operations: Operation[]): readonly Route[] => partitions(apiService({ operations }))[0]!.routes;

const ofService = (operation = get('/accounts/{id}/cards/{card}'), backend = Backend.https('https://accounts.{domainName}/v1/')): HttpsIntegration => integration(apiService({ backend }), routesOf(operation)[0]!, TARGET) as unknown as HttpsIntegration;

test('overwrites whatever trust token a caller sent', () => {
  expect(ofService().requestParameters['integration.request.header.Txn-Token']).toBe('context.authorizer.trustToken');
});

test('keeps the access token of the caller from the backend', () => {
  expect(ofService().requestParameters['integration.request.header.Authorization']).toBe("'removed-by-gateway'");
  expect(ofService().requestParameters['integration.request.header.X-Api-Key']).toBe("'removed-by-gateway'");
});

test('keeps a proof of possession from the backend, which could show it elsewhere', () => {
  expect(ofService().requestParameters['integration.request.header.DPoP']).toBe("'removed-by-gateway'");
});

test('correlates with an id that no caller can choose', () => {
  expect(ofService().requestParameters['integration.request.header.X-Correlation-Id']).toBe('context.extendedRequestId');
});

test('passes path, method and path parameters on to the environment of the gateway', () => {
  expect(ofService()).toMatchObject({
    uri: 'https://accounts.test.bank.example/v1/accounts/{id}/cards/{card}',
    httpMethod: 'GET',
    requestParameters: { 'integration.request.path.id': 'method.request.path.id', 'integration.request.path.card': 'method.request.path.card' },
  });
  expect(ofService(post('/accounts')).httpMethod).toBe('POST');
});

test('gives a function nothing by header: it reads the authorizer context', () => {
  expect(integration(apiService({ backend: Backend.lambda('accounts') }), routesOf(get('/a'))[0]!, TARGET)).not.toHaveProperty('requestParameters');
});

test('names path parameters at one place alike for the gateway, and hands the backend its own names', () => {
  const [first, second] = routesOf(get('/orders/{id}'), get('/orders/{order}/items/{item}'));
  expect([first!.resource, second!.resource]).toEqual(['/orders/{id}', '/orders/{id}/items/{item}']);
  expect(integration(apiService({ backend: Backend.https('https://orders.example') }), second!, TARGET)).toMatchObject({
    uri: 'https://orders.example/orders/{order}/items/{item}',
    requestParameters: { 'integration.request.path.order': 'method.request.path.id', 'integration.request.path.item': 'method.request.path.item' },
  });
});
