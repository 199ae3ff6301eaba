import { OperationPolicy, operationKey } from '../contract/authorizer-configuration';
import { ApiGroup } from './api-group';
import { authenticationOf } from './authentication-demand';
import { accessPoliciesOf } from './cedar/check';
import { operationAccess } from './cedar/operation-access';
import { honeypotOperations } from './decoys';
import { exposedServices } from './exposed-service';
import { parameterRules } from './parameter-rules';
import { partitions } from './partition';
import { markingPolicy } from './protective-marking';
import { SecurityDomain } from './security-domain';

/** What the authorizer of a security domain must know of every operation in it, by `operationKey`. */
export function operationPolicies(domain: SecurityDomain, groups: readonly ApiGroup[]): { [key: string]: OperationPolicy } {
  const policies: { [key: string]: OperationPolicy } = {};
  for (const { group, service } of exposedServices(domain, groups)) {
    const access = accessPoliciesOf(group, service);
    for (const { api, routes } of partitions(service)) {
      for (const route of routes) {
        const { operation, resource } = route;
        const authentication = authenticationOf(group, service, operation);
        policies[operationKey(api, operation.method, resource)] = {
          id: operation.id, service: service.name, group: group.name, scopes: service.scopesOf(operation).alternatives,
          ...(authentication && { authentication }),
          marking: markingPolicy(service),
          parameters: parameterRules(service, route).rules,
          ...(access.length > 0 && { access: operationAccess(access, route) }),
        };
      }
    }
  }
  return { ...policies, ...honeypotOperations(domain, groups) };
}
