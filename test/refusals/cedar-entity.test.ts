import { AccessPolicies, ApiGroup } from '../../lib';
import { apiService, everyDomain, testEnvironment } from '../fixtures/declaration';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { refusalOf } from '../fixtures/refusal';

const RULE = 'CEDAR_ENTITY: an access policy names declared clients, consumers, client types, security domains, API services and API groups only';

function declare(condition: string): void {
  const accessPolicies = AccessPolicies.fromText(`@id("p") forbid(principal, action, resource) unless { ${condition} };`);
  checkDeclaration({ environments: [testEnvironment()], securityDomains: everyDomain(), groups: [new ApiGroup('accounts', { services: [apiService()], accessPolicies })] });
}

test('refuses a policy about a client that nobody declared: a misspelled one would forbid nobody', () => {
  expect(refusalOf(() => declare('principal == Client::"web-bnak"'))).toBe(`${RULE}, got Client::"web-bnak" in 'p' at text:1; write one of Client::"web-bank", Client::"acme", Client::"ledger"`);
});

test.each<[string, string]>([
  ['principal in Consumer::"acme"', 'principal in Consumer::"globex"'],
  ['principal in ClientType::"system"', 'principal in ClientType::"server"'],
  ['principal in SecurityDomain::"internal"', 'principal in SecurityDomain::"Internal"'],
  ['resource == ApiService::"accounts"', 'resource == ApiService::"account"'],
  ['resource in ApiGroup::"accounts"', 'resource in ApiGroup::"payments"'],
  ['principal in [Consumer::"acme", Consumer::"ledger"]', 'principal in [Consumer::"acme", Consumer::"leger"]'],
])('accepts %s and refuses %s', (right, wrong) => {
  expect(() => declare(right)).not.toThrow();
  expect(refusalOf(() => declare(wrong))).toContain(`${RULE}, got ${/(\w+::"[^"]*")[^"]*$/.exec(wrong)?.[1]}`);
});
