import { PublicJwk } from '../contract/message-signatures';
import { demand } from '../private/refusal';
import { ApiGroup } from './api-group';
import { ApiService } from './api-service';
import { Consumer } from './consumer';
import { Environment } from './environment';
import { publicJwk } from './message-signing-key';
import { SecurityDomain } from './security-domain';

/** The consumers of a domain that may call a service and have keys to sign with. */
export function messageSigners({ exposure, consumers }: SecurityDomain, { name }: ApiGroup, service: ApiService): Consumer[] {
  return service.exposure.includes(exposure) ? consumers.filter(({ groups, signingKeys }) => signingKeys.length > 0 && (groups?.includes(name) ?? true)) : [];
}

/** The public keys of a consumer in one environment, by their ids. */
export function signingKeysIn(environmentName: string, { signingKeys }: Consumer): { [keyId: string]: PublicJwk } {
  return Object.fromEntries(signingKeys.map((key) => [key.keyId, publicJwk(key, environmentName)]));
}

/** Each service that asks for signatures can be called, and no key is good in two environments. */
export function checkMessageSignatures(environments: readonly Environment[], domains: readonly SecurityDomain[], groups: readonly ApiGroup[]): void {
  for (const group of groups) {
    for (const service of group.services.filter(({ messageSignatures }) => messageSignatures !== undefined)) {
      demand('MESSAGE_SIGNERS', domains.some((domain) => messageSigners(domain, group, service).length > 0), () => `none for '${service.name}'`);
    }
  }
  const owners = new Map<string, Environment>();
  for (const environment of environments) {
    for (const consumer of domains.flatMap(({ consumers }) => consumers)) {
      for (const [keyId, jwk] of Object.entries(signingKeysIn(environment.name, consumer))) {
        const owner = owners.get(JSON.stringify(jwk));
        demand('ENVIRONMENT_SHARED', owner === undefined || owner === environment, () => `the signing key '${keyId}' of '${consumer.name}' in ${owner?.name} and ${environment.name}`, `a signing key of its own for ${environment.name}, with {environment} in the path of its file`);
        owners.set(JSON.stringify(jwk), environment);
      }
    }
  }
}
