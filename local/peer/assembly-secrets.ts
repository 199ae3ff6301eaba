import { randomUUID } from 'node:crypto';
import type { AssemblyResource, EnvironmentAssembly } from '../assembly/environment-assembly';
import { LocalRefusal } from '../local-refusal';
import { randomPassword, type RandomPasswordSettings } from './random-password';
import type { SecretsManager } from './secrets-manager';

interface GenerateSecretString extends RandomPasswordSettings { readonly SecretStringTemplate?: string; readonly GenerateStringKey?: string }

/**
 * Creates the secrets of an environment, with the values that deployment would give them.
 *
 * @returns the ARNs of the secrets that have a rotation schedule, in template order
 */
export function createSecrets(assembly: EnvironmentAssembly, secrets: SecretsManager): string[] {
  for (const resource of assembly.resources('AWS::SecretsManager::Secret')) {
    const name = resource.properties.Name === undefined ? resource.reference.split(':').at(-1)!.replace(/-[^-]{6}$/, '') : String(resource.properties.Name);
    const value = initialValue(resource);
    const secret = secrets.add(resource.reference, name);
    if (value !== undefined) secret.put(randomUUID(), { SecretString: value }, ['AWSCURRENT']);
  }
  return assembly.resources('AWS::SecretsManager::RotationSchedule').map(({ properties, logicalId }) => {
    if (properties.RotationLambdaARN === undefined) {
      throw new LocalRefusal('LOCAL_ROTATION', `rotation schedule ${logicalId} has a function of the assembly`, 'a hosted rotation', 'RotationLambdaARN');
    }
    const secret = secrets.secret(String(properties.SecretId));
    secret.rotationFunction = String(properties.RotationLambdaARN);
    return secret.arn;
  });
}

function initialValue({ properties }: AssemblyResource): string | undefined {
  if (properties.SecretString !== undefined) return String(properties.SecretString);
  const generate = properties.GenerateSecretString as GenerateSecretString | undefined;
  if (generate === undefined) return undefined;
  const password = randomPassword(generate);
  if (generate.GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...JSON.parse(generate.SecretStringTemplate ?? '{}') as object, [generate.GenerateStringKey]: password });
}
