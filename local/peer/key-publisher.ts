import { JWKS_PATH } from '../../lib/contract/trust-token';
import { SIGNING_KEY_ENVIRONMENT } from '../../lib/contract/signing-key';
import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import { loopbackServer, type LoopbackServer } from '../loopback-server';
import type { Credential } from './certificate-authority';
import type { SecretsManager } from './secrets-manager';

/**
 * Serves the published keys where the trust issuer's host is not a domain name of the assembly.
 *
 * The deployed environment needs the same from elsewhere; the start-up table says so.
 */
export function startKeyPublisher(assembly: EnvironmentAssembly, secrets: SecretsManager, credential: Credential): Promise<LoopbackServer> {
  return loopbackServer(async (request, response) => {
    const secretId = assembly.resources('AWS::Lambda::Function')
      .map(({ properties }) => (properties.Environment as { Variables?: { [name: string]: string } } | undefined)?.Variables?.[SIGNING_KEY_ENVIRONMENT.publishedKeysSecret])
      .find((value) => value !== undefined);
    if (request.url?.endsWith(JWKS_PATH) !== true || secretId === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/jwk-set+json' }).end(secrets.secret(secretId).version(undefined, undefined).value!.SecretString);
    await Promise.resolve();
  }, credential);
}
