import type { SecretsManager } from './secrets-manager';

const REFERENCE = /\{\{resolve:secretsmanager:(arn:[^{}]+?):SecretString:([^:{}]*):[^:{}]*:[^:{}]*\}\}/g;

/** A text with the values of secrets in the place of CloudFormation's dynamic references to them. @throws where there is no such secret */
export function withSecrets(text: string, secrets: SecretsManager): string {
  return text.replace(REFERENCE, (_, arn: string, member: string) => {
    const value = secrets.secret(arn).version(undefined, 'AWSCURRENT').value?.SecretString ?? '';
    return member === '' ? value : String((JSON.parse(value) as { readonly [name: string]: unknown })[member]);
  });
}
