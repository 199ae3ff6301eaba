import { partitions } from '../../lib/declaration/partition';
import { apiService, get } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const cards = ['/cards', '/cards/{id}', '/cards/{id}/pin'].map((path) => get(path));

test('refuses a first path segment with more resources than one REST API may hold', () => {
  expect(refusalOf(() => partitions(apiService({ resourceQuota: 2, operations: cards })))).toBe(
    "REST_API_RESOURCES: a REST API stays within its resource quota, got 3 resources in 'accounts/cards', more than 2; write several API services, or resourceQuota once Service Quotas has granted it",
  );
});

test('refuses more first path segments than one stack may hold', () => {
  const operations = Array.from({ length: 61 }, (_, index) => [get(`/s${index}`), get(`/s${index}/a`), get(`/s${index}/b`)]).flat();
  expect(refusalOf(() => partitions(apiService({ resourceQuota: 100, operations })))).toContain("got 61 first path segments in 'accounts', more than 60;");
});

test('accepts a service that exactly fills its quota, and 60 segments', () => {
  expect(partitions(apiService({ resourceQuota: 3, operations: cards }))).toHaveLength(1);
  const operations = Array.from({ length: 60 }, (_, index) => [get(`/s${index}`), get(`/s${index}/a`)]).flat();
  expect(partitions(apiService({ resourceQuota: 100, operations }))).toHaveLength(60);
});
