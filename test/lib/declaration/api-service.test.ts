import { ApiService, DataSensitivity, Scopes } from '../../../lib';
import { apiService, get } from '../../fixtures/declaration';
import { jsonDocument, written } from '../../fixtures/openapi/written';

test('takes the secure choice for what is not written', () => {
  const { exposure, bodyLimit, cors, protectiveMarking, basePath, resourceQuota, dataSensitivity } = apiService();
  expect(exposure).toEqual(['public', 'partner', 'internal']);
  expect(bodyLimit.size.toKibibytes()).toBe(64);
  expect(cors).toBeUndefined();
  expect(protectiveMarking.isRequired).toBe(false);
  expect([basePath, resourceQuota, dataSensitivity]).toEqual(['accounts', 300, DataSensitivity.NONE]);
});

test('names an operation after its method and path, unless it has a name', () => {
  expect([get('/a').id, get('/a', { id: 'listA' }).id]).toEqual(['get /a', 'listA']);
});

test('carries what a document asks for beside its operations', () => {
  const responses = { default: { description: '' } };
  const file = written('a.json', jsonDocument({ paths: { '/a': { get: { responses } }, '/b': { trace: { responses } } } }));
  const service = ApiService.fromOpenApi('accounts', file, { ...apiService(), scopes: Scopes.allOf('accounts') });
  expect(service.notEnforced).toEqual(['trace /b: the gateway offers no TRACE']);
  expect(apiService().notEnforced).toEqual([]);
});
