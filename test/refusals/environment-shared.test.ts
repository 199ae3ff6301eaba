import { Environment, EnvironmentProps, IdentityProvider } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, environmentProps, everyDomain, production } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const withTest = (props: Partial<EnvironmentProps>): (() => void) => () => checkDeclaration({ environments: [Environment.test(environmentProps(props)), production()], securityDomains: everyDomain(), groups: [apiGroup()] });

test.each<[string, Partial<EnvironmentProps>]>([
  ["the account and Region '333333333333/ap-southeast-2'", { account: '333333333333' }],
  ["the domain name 'bank.example'", { domainName: 'bank.example', identityProvider: new IdentityProvider({ issuer: 'https://id.test.bank.example' }) }],
  ["the issuer 'https://id.bank.example'", { identityProvider: new IdentityProvider({ issuer: 'https://id.bank.example' }) }],
  ["the audience 'https://bank.example'", { audience: 'https://bank.example' }],
])('refuses two environments that share %s', (shared, props) => {
  expect(refusalOf(withTest(props))).toBe(
    `ENVIRONMENT_SHARED: nothing crosses environments: each has its own account and Region, domain name, issuer, keys and network, got ${shared} in Test and Production; write a value of its own`,
  );
});

test('refuses two issuers that publish the same keys', () => {
  const jwksUri = 'https://keys.bank.example/jwks.json';
  const environments = [Environment.test(environmentProps({ identityProvider: new IdentityProvider({ issuer: 'https://id.test.bank.example', jwksUri }) })), production({ identityProvider: new IdentityProvider({ issuer: 'https://id.bank.example', jwksUri }) })];
  expect(refusalOf(() => checkDeclaration({ environments, securityDomains: everyDomain(), groups: [apiGroup()] }))).toContain(`got the key set '${jwksUri}' in Test and Production`);
});

test('accepts environments that share nothing, and one account in two Regions', () => {
  expect(withTest({})).not.toThrow();
  expect(withTest({ account: '333333333333', region: 'ap-southeast-4' })).not.toThrow();
});
