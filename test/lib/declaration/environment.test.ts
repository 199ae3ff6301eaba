import { Environment } from '../../../lib';
import { environmentProps, production, testEnvironment } from '../../fixtures/declaration';

test('takes its own domain name for audience', () => {
  expect(testEnvironment().audience).toBe('https://test.bank.example');
  expect(testEnvironment({ audience: 'urn:bank:test' }).audience).toBe('urn:bank:test');
});

test('knows which environment is production', () => {
  const all = [Environment.development(environmentProps()), testEnvironment(), Environment.nonProduction('Staging', environmentProps()), production()];
  expect(all.map(({ name, isProduction }) => [name, isProduction])).toEqual([['Development', false], ['Test', false], ['Staging', false], ['Production', true]]);
});

test('trusts strong signatures and short-lived tokens when nothing else is declared', () => {
  const { algorithms, accessTokenLifetime, clockSkew } = testEnvironment().identityProvider;
  expect([algorithms, accessTokenLifetime.lifetime.toSeconds(), clockSkew.toSeconds()]).toEqual([['PS256', 'ES256'], 300, 5]);
});
