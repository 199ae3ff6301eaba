import { Scopes } from '../../lib';
import { apiService, get } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test.each([undefined, Scopes.allOf(), Scopes.anyOf(), Scopes.anyOfAll(['read'], [])])('refuses an operation that needs no scope (%#)', (scopes) => {
  expect(refusalOf(() => apiService({ scopes: undefined, operations: [get('/accounts', { scopes })] }))).toBe(
    "SCOPES_MISSING: every operation names the scopes it needs, got none for 'get /accounts' of 'accounts'; write scopes: Scopes.allOf('accounts:read') on the operation or the service, or security with scopes in its OpenAPI document",
  );
});

test('accepts scopes of the operation or of its service', () => {
  const [own, inherited] = [get('/a', { scopes: Scopes.anyOf('read', 'write') }), get('/b')];
  const service = apiService({ scopes: Scopes.allOf('accounts'), operations: [own, inherited] });
  expect(service.scopesOf(own).alternatives).toEqual([['read'], ['write']]);
  expect(service.scopesOf(inherited).alternatives).toEqual([['accounts']]);
});
