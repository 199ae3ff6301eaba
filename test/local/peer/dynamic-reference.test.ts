import { withSecrets } from '../../../local/peer/dynamic-reference';
import { SecretsManager } from '../../../local/peer/secrets-manager';

const ARN = 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:Test/public/billing-export/api-key-AbCdEf';
const secrets = new SecretsManager();
secrets.add(ARN, 'Test/public/billing-export/api-key').put('1', { SecretString: '{"prefix":"ak_","key":"planted"}' }, ['AWSCURRENT']);

test('puts a member of a secret where a template refers to it', () => {
  expect(withSecrets(`ak_{{resolve:secretsmanager:${ARN}:SecretString:key::}}`, secrets)).toBe('ak_planted');
});

test('leaves every other text as it is', () => {
  expect(withSecrets('ak_{{resolve:ssm:name}}', secrets)).toBe('ak_{{resolve:ssm:name}}');
});

test('refuses a secret that is not there', () => {
  expect(() => withSecrets('{{resolve:secretsmanager:arn:aws:none:SecretString:key::}}', secrets)).toThrow();
});
