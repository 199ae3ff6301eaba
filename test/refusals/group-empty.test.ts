import { ApiGroup } from '../../lib';
import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test('refuses an API group without services, which would deploy nothing', () => {
  expect(refusalOf(() => new ApiGroup('accounts', { services: [] }))).toBe("GROUP_EMPTY: an API group has at least one API service, got none in 'accounts'; write services: [accounts]");
});

test('accepts one service', () => {
  expect(new ApiGroup('accounts', { services: [apiService()] }).services).toHaveLength(1);
});
