import { DataSensitivity } from '../../../lib';
import { apiService, get } from '../../fixtures/declaration';

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
