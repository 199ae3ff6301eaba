import { ApiGroup } from './api-group';
import { ApiService } from './api-service';
import { SecurityDomain } from './security-domain';

/** An API service that a security domain exposes, and the group whose plan it follows. */
export interface ExposedService {
  readonly group: ApiGroup;
  readonly service: ApiService;
}

/** What a security domain exposes; web ACL, authorizer and REST APIs must all mean the same by it. */
export function exposedServices({ exposure }: SecurityDomain, groups: readonly ApiGroup[]): ExposedService[] {
  return groups.flatMap((group) => group.services
    .filter((service) => service.exposure.includes(exposure))
    .map((service) => ({ group, service })));
}
