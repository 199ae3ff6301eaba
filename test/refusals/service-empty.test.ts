import { apiService, get } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test('refuses an API service without operations', () => {
  expect(refusalOf(() => apiService({ operations: [] }))).toBe("SERVICE_EMPTY: an API service has at least one operation, got none in 'accounts'; write operations or an OpenAPI document with paths");
});

test('accepts one operation', () => {
  expect(apiService({ operations: [get('/')] }).operations).toHaveLength(1);
});
