import { IdentityProvider, Introspection } from '../../lib';
import { testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const ISSUER = 'https://id.test.bank.example';
const encrypted = (clientSecretKeyArn: string) => Introspection.at(`${ISSUER}/introspect`, { clientId: 'gateway', clientSecretName: 'identity/introspection', clientSecretKeyArn });
const inSydney = (key: string) => testEnvironment({ region: 'ap-southeast-2', identityProvider: new IdentityProvider({ issuer: ISSUER, introspection: encrypted(key) }) });
const RULE = 'INTROSPECTION_KEY: the key that encrypts the client secret for introspection is named by its ARN, and lies in the Region of the environment as the secret does';

test.each(['*', 'alias/identity', 'arn:aws:kms:ap-southeast-2:222222222222:key/*'])('refuses the key %j', (key) => {
  expect(refusalOf(() => encrypted(key))).toBe(`${RULE}, got '${key}'; write clientSecretKeyArn: 'arn:aws:kms:REGION:ACCOUNT:key/ID'`);
});

// Secrets Manager could not have encrypted the secret with it, and every opaque token would be answered with a failure.
test('refuses a key of another Region', () => {
  const key = 'arn:aws:kms:us-east-1:222222222222:key/1234';
  expect(refusalOf(() => inSydney(key))).toBe(`${RULE}, got '${key}' for Test in ap-southeast-2; write clientSecretKeyArn: 'arn:aws:kms:ap-southeast-2:ACCOUNT:key/ID'`);
});

test.each(['222222222222', '999999999999'])('accepts a key of the Region in account %s', (account) => {
  expect(inSydney(`arn:aws:kms:ap-southeast-2:${account}:key/1234`).region).toBe('ap-southeast-2');
});
