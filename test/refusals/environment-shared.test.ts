import { Environment, EnvironmentProps, IdentityProvider } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, environmentProps, everyDomain, production } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const withTest = (props: Partial<EnvironmentProps>): (() => void) => () => checkDeclaration({ environments: [Environment.test(environmentProps(props)), production()], securityDomains: everyDomain(), groups: [apiGroup()] });

test.each<[string, string, Partial<EnvironmentProps>]>([
  ['an account and Region', "'333333333333/ap-southeast-2'", { account: '333333333333' }],
  ['a domain name', "'bank.example'", { domainName: 'bank.example', identityProvider: new IdentityProvider({ issuer: 'https://id.test.bank.example' }) }],
  ['an issuer', "'https://id.bank.example'", { identityProvider: new IdentityProvider({ issuer: 'https://id.bank.example' }) }],
  ['an audience', "'https://bank.example'", { audience: 'https://bank.example' }],
])('refuses two environments that share %s, %s', (thing, value, props) => {
  expect(refusalOf(withTest(props))).toBe(
    `ENVIRONMENT_SHARED: nothing crosses environments: account and Region, domain name, issuer, audience, key set and partner authorities differ, got the ${thing.replace(/^an? /, '')} ${value} in Test and Production; write ${thing} of its own for Production`,
  );
});

test('refuses two issuers that publish the same keys', () => {
  const jwksUri = 'https://keys.bank.example/jwks.json';
  const environments = [Environment.test(environmentProps({ identityProvider: new IdentityProvider({ issuer: 'https://id.test.bank.example', jwksUri }) })), production({ identityProvider: new IdentityProvider({ issuer: 'https://id.bank.example', jwksUri }) })];
  expect(refusalOf(() => checkDeclaration({ environments, securityDomains: everyDomain(), groups: [apiGroup()] }))).toContain(`got the key set '${jwksUri}' in Test and Production; write a key set of its own for Production`);
});

test('accepts environments that share nothing, and one account in two Regions', () => {
  expect(withTest({})).not.toThrow();
  expect(withTest({ account: '333333333333', region: 'ap-southeast-4' })).not.toThrow();
});
