import { AccessPolicies } from '../../lib';
import { apiService, get } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const accessPolicies = AccessPolicies.fromText('@id("read") permit(principal, action in Action::"GET", resource);');

test('refuses an operation that is named like all operations of a method', () => {
  expect(refusalOf(() => apiService({ accessPolicies, operations: [get('/accounts', { id: 'GET' })] }))).toBe(
    "CEDAR_OPERATION: an operation under access policies is not named like an HTTP method, which stands for all operations of that method, got 'GET' in 'accounts'; write another id, such as 'getAccount'",
  );
});

test('accepts the name where no policy could mean it', () => {
  expect(apiService({ operations: [get('/accounts', { id: 'GET' })] }).operations).toHaveLength(1);
});
