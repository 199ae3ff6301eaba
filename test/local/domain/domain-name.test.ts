import { mappingOf } from '../../../local/domain/domain-name';
import type { RestApi } from '../../../local/rest-api/rest-api';

const mapped = (...basePaths: readonly string[]) => basePaths.map((basePath) => ({ basePath, api: {} as RestApi }));
const mappings = mapped('orders', 'orders/v1', '', 'orders/v1/items', 'ord');

// https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html ("API Gateway routes requests to the API that has the longest matching path")
test.each([
  ['/orders', 'orders'], ['/orders/', 'orders'], ['/orders/1', 'orders'], ['/orders/v1', 'orders/v1'], ['/orders/v1/x', 'orders/v1'], ['/orders/v1/items/9', 'orders/v1/items'],
  ['/orders/v1items', 'orders'], ['/orders/v10', 'orders'], ['/order', ''], ['/ord', 'ord'], ['/ordinary', ''], ['/Orders', ''], ['/', ''], ['/orders%2Fv1', ''], ['//orders', ''], ['/orders/../ord', 'orders'],
])('leads %s to the mapping %j', (path, basePath) => {
  expect(mappingOf(mappings, path)?.basePath).toBe(basePath);
});

test('leads nowhere without a catch-all', () => {
  expect(mappingOf(mapped('orders/v1'), '/orders')).toBeUndefined();
});
