import { Introspection } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const secret = (clientSecretName: string, clientSecretKeyArn?: string) => Introspection.at('https://id.bank.example/introspect', { clientId: 'gateway', clientSecretName, clientSecretKeyArn });
const RULE = 'INTROSPECTION_SECRET: the client secret for introspection is named as in Secrets Manager, without a hyphen and six characters at the end';

test.each(['', '*', 'identity/*', 'identity introspection', 'identity-secret', 'arn:aws:secretsmanager:ap-southeast-2:222222222222:secret:identity-AbCdEf'])('refuses the secret name %j', (name) => {
  expect(refusalOf(() => secret(name))).toBe(`${RULE}, got '${name}'; write clientSecretName: 'identity/introspection'`);
});

test('accepts a name, and the key that encrypts it', () => {
  expect(secret('identity/introspection', 'arn:aws:kms:ap-southeast-2:222222222222:key/1234-abcd').clientSecretName).toBe('identity/introspection');
});
