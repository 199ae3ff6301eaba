import { demand } from '../private/refusal';
import { ApiGroup } from './api-group';
import { exposedServices } from './exposed-service';
import { partitions } from './partition';
import { SecurityDomain } from './security-domain';

/** A function has 20 KB for its permissions, one for each REST API that invokes it. */
const MOST_REST_APIS = 40;

/** Refuses more REST APIs than the authorizer of a security domain, or the function of a backend, can be permitted to serve. */
export function checkRestApiCount(domains: readonly SecurityDomain[], groups: readonly ApiGroup[]): void {
  const served = new Map<string, number>();
  const count = (by: string, more: number): void => {
    served.set(by, (served.get(by) ?? 0) + more);
  };
  for (const domain of domains) {
    // The root API, whose honeypots the authorizer answers for.
    if (domain.honeypots !== undefined) count(`in the ${domain.exposure} domain`, 1);
    for (const { service } of exposedServices(domain, groups)) {
      const { length } = partitions(service);
      count(`in the ${domain.exposure} domain`, length);
      if (service.backend.functionName !== undefined) count(`with the backend '${service.backend.functionName}', in all domains`, length);
    }
  }
  for (const [by, number] of served) demand('REST_APIS', number <= MOST_REST_APIS, () => `${number} ${by}`);
}
