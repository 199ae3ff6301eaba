import { Exposure, Scopes } from '../../../lib';
import { operationPolicies } from '../../../lib/declaration/operation-policies';
import { apiGroup, apiService, get, internalDomain, post, publicDomain } from '../../fixtures/declaration';

const large = apiService({ operations: [get('/cards/{id}'), post('/loans', { scopes: Scopes.anyOfAll(['loans', 'write'], ['admin']) })], resourceQuota: 3 });

test('looks an operation up by REST API, method and the path inside that REST API', () => {
  expect(operationPolicies(publicDomain(), [apiGroup(large)])).toEqual({
    'accounts/cards GET /{id}': { id: 'get /cards/{id}', service: 'accounts', group: 'accounts', scopes: [['accounts']] },
    'accounts/loans POST /': { id: 'post /loans', service: 'accounts', group: 'accounts', scopes: [['loans', 'write'], ['admin']] },
  });
});

test('knows the operations of its own domain only', () => {
  const groups = [apiGroup(apiService(), apiService({ exposure: [Exposure.INTERNAL] }, 'ledger'))];
  const services = (keys: string[]): string[] => [...new Set(keys.map((key) => key.split(' ')[0]!))];
  expect(services(Object.keys(operationPolicies(publicDomain(), groups)))).toEqual(['accounts']);
  expect(services(Object.keys(operationPolicies(internalDomain(), groups)))).toEqual(['accounts', 'ledger']);
});
