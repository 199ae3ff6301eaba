import { ApiGroup, Consumer, SecurityDomain } from '../../lib';
import { ApiSecurityProps, checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, apiService, environmentProps, everyDomain, get, internalDomain, production, publicDomain, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const check = (props: Partial<ApiSecurityProps>): (() => void) => () => checkDeclaration({ environments: [testEnvironment()], securityDomains: everyDomain(), groups: [apiGroup()], ...props });
const customers = apiService({}, 'customers');

test.each<[string, () => unknown]>([
  ["two operations of 'accounts' named 'one'", () => apiService({ operations: [get('/a', { id: 'one' }), get('/b', { id: 'one' })] })],
  ["two consumers of 'internal' named 'ledger'", () => SecurityDomain.internal({ consumers: [Consumer.system('ledger'), Consumer.system('ledger', { clientId: 'other' })] })],
  ["two client ids of 'internal' named 'ledger'", () => SecurityDomain.internal({ consumers: [Consumer.system('ledger'), Consumer.system('other', { clientId: 'ledger' })] })],
  ["two environments named 'Test'", check({ environments: [testEnvironment(), testEnvironment({ ...environmentProps({ domainName: 'other.example' }), account: '444444444444' })] })],
  ["two security domains named 'public'", check({ securityDomains: [...everyDomain(), publicDomain()] })],
  ["two subdomains named 'internal'", check({ securityDomains: [internalDomain(), SecurityDomain.public({ consumers: [Consumer.browser('web-bank')], subdomain: 'internal' })] })],
  ["two API groups named 'accounts'", check({ groups: [apiGroup(), apiGroup(customers)] })],
  ["two API services named 'customers'", check({ groups: [apiGroup(customers), new ApiGroup('others', { services: [apiService({ basePath: 'others' }, 'customers')] })] })],
  ["two base paths named 'customers'", check({ groups: [apiGroup(customers, apiService({ basePath: 'customers' }))] })],
])('refuses %s', (got, declare) => {
  expect(refusalOf(declare)).toBe(`DUPLICATE_NAME: names are unique, got ${got}; write a different name`);
});

test.each(['/a/{id}', '/a/{number}'])('refuses two operations on one method and path (%s)', (path) => {
  expect(refusalOf(() => apiService({ operations: [get('/a/{id}', { id: 'one' }), get(path, { id: 'two' })] }))).toBe(
    "DUPLICATE_NAME: names are unique, got two operations of 'accounts' named 'GET /a/{}'; write one operation, or a path that differs by more than parameter names",
  );
});

test('accepts the same path with another method, and the same consumer in another domain', () => {
  expect(check({ environments: [testEnvironment(), production()], groups: [apiGroup(apiService(), customers)] })).not.toThrow();
});
