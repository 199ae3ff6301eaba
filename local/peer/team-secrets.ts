import { randomBytes, randomUUID } from 'node:crypto';
import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import type { SecretsManager } from './secrets-manager';

/** Values of the secrets that a team owns beside the assembly, by name. */
export type TeamSecrets = ReadonlyMap<string, string>;

/** Creates the secrets that handlers read and no template makes: those of the clients that introspect tokens, of this run. */
export function createTeamSecrets(configurations: readonly AuthorizerConfiguration[], assembly: EnvironmentAssembly, secrets: SecretsManager): TeamSecrets {
  const names = new Set(configurations.flatMap(({ accessToken: { introspection } }) => introspection === undefined ? [] : [introspection.secretName]));
  const { account = '000000000000', region = 'us-east-1' } = assembly.stacks[0] ?? {};
  return new Map([...names].map((name) => {
    // With what only form encoding carries through Basic credentials (RFC 6749 section 2.3.1).
    const value = `${randomBytes(24).toString('base64')}:%+`;
    secrets.add(`arn:aws:secretsmanager:${region}:${account}:secret:${name}-${randomBytes(3).toString('hex')}`, name).put(randomUUID(), { SecretString: value }, ['AWSCURRENT']);
    return [name, value];
  }));
}
