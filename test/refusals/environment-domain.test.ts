import { IdentityProvider } from '../../lib';
import { testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const identityProvider = new IdentityProvider({ issuer: 'https://id.bank.example' });

test.each(['bank', 'https://bank.example', 'Bank.example', '-bank.example', 'bank..example', 'bank.example.', '*.bank.example'])('refuses the domain name %s', (domainName) => {
  expect(refusalOf(() => testEnvironment({ domainName, identityProvider }))).toBe(`ENVIRONMENT_DOMAIN: an environment has a DNS domain name, got '${domainName}' for Test; write domainName: 'test.bank.example'`);
});

test.each(['bank.example', 'test-2.bank.example'])('accepts the domain name %s', (domainName) => {
  expect(testEnvironment({ domainName, identityProvider }).domainName).toBe(domainName);
});
