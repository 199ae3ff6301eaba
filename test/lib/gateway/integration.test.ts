import { Backend } from '../../../lib';
import { integration } from '../../../lib/gateway/integration';
import { apiService, get, post } from '../../fixtures/declaration';
import { TARGET } from '../../fixtures/rest-api-body';

interface HttpsIntegration {
  readonly uri: string;
  readonly httpMethod: string;
  readonly requestParameters: Record<string, string>;
}

const ofService = (operation = get('/accounts/{id}/cards/{card}'), backend = Backend.https('https://accounts.{domainName}/v1/')): HttpsIntegration => integration(apiService({ backend }), operation, TARGET) as unknown as HttpsIntegration;

test('overwrites whatever trust token a caller sent', () => {
  expect(ofService().requestParameters['integration.request.header.Txn-Token']).toBe('context.authorizer.trustToken');
});

test('keeps the access token of the caller from the backend', () => {
  expect(ofService().requestParameters['integration.request.header.Authorization']).toBe("'removed-by-gateway'");
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
  expect(integration(apiService({ backend: Backend.lambda('accounts') }), get('/a'), TARGET)).not.toHaveProperty('requestParameters');
});
