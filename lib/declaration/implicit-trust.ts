import { TRUSTED_APPLICATION } from '../contract/client-type';
import { demand } from '../private/refusal';
import { SecurityDomain } from './security-domain';

/**
 * Refuses implicit trust that is not earned: a trusted application speaks for users whom the gateway never sees.
 *
 * So it must be known by mutual TLS, and each API group that trusts it must be named.
 */
export function checkImplicitTrust({ consumers, exposure, mutualTls }: SecurityDomain): void {
  for (const { name, clientType, groups } of consumers) {
    if (clientType !== TRUSTED_APPLICATION) continue;
    demand('TRUSTED_APPLICATION', mutualTls, () => `'${name}' in the ${exposure} domain, which has no mutual TLS`);
    demand('TRUSTED_APPLICATION', groups !== undefined && groups.length > 0, () => `'${name}' without groups`);
  }
}
