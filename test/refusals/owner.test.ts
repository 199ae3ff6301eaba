import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test.each(['', '  '])("refuses the owner '%s'", (owner) => {
  expect(refusalOf(() => apiService({ owner }))).toBe(`OWNER: an API service names the team that answers for it, got '${owner}' for 'accounts'; write owner: 'Accounts'`);
});

test('accepts a name of one letter', () => {
  expect(apiService({ owner: 'A' }).owner).toBe('A');
});
