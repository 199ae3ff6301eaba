import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHORIZER_CONFIGURATION_FILE, type AuthorizerConfiguration, type ClientPolicy } from '../../lib/contract/authorizer-configuration';
import type { LambdaFunction } from './lambda-function';

/**
 * An authorizer that also accepts the twin of its partners' authorities; any other function as it is.
 *
 * What private CAs issue is not among them: the local AWS Private CA is the twin itself, and the authorizer learns that as it would there.
 *
 * The code stays as it was synthesized. Its configuration is copied, because test clients cannot have certificates of the
 * partners' own authorities, whose keys are elsewhere.
 */
export function withTwinAuthority(lambda: LambdaFunction | undefined, twin: string, scratch: string): LambdaFunction | undefined {
  const file = lambda && join(lambda.directory, AUTHORIZER_CONFIGURATION_FILE);
  if (lambda === undefined || file === undefined || !existsSync(file)) return lambda;
  const configuration = JSON.parse(readFileSync(file, 'utf8')) as AuthorizerConfiguration;
  if (!configuration.mutualTls) return lambda;
  const directory = join(scratch, lambda.name);
  rmSync(directory, { recursive: true, force: true });
  cpSync(lambda.directory, directory, { recursive: true });
  const clients = Object.fromEntries(Object.entries(configuration.clients).map(([id, client]) => [id, admitting(client, twin)]));
  const revocation = configuration.revocation?.map((policy) => (policy.privateAuthorities ? policy : { ...policy, authorities: [...policy.authorities, twin] }));
  writeFileSync(join(directory, AUTHORIZER_CONFIGURATION_FILE), JSON.stringify({ ...configuration, clients, ...revocation && { revocation } }));
  return { ...lambda, directory };
}

function admitting(client: ClientPolicy, twin: string): ClientPolicy {
  return { ...client, certificates: client.certificates?.map((policy) => (policy.issuers === undefined || policy.privateIssuersOf !== undefined ? policy : { ...policy, issuers: [...policy.issuers, twin] })) };
}
