import { AuthenticationPolicy } from '../contract/authorizer-configuration';
import { hasUser } from '../contract/client-type';
import { demand } from '../private/refusal';
import { ApiGroup } from './api-group';
import { ApiService } from './api-service';
import { authenticationPolicy } from './authentication-level';
import { Operation } from './operation';
import { SecurityDomain } from './security-domain';

/** What an operation asks of its user's authentication: the nearest of operation, service and group that says so decides alone. */
export function authenticationOf(group: ApiGroup, service: ApiService, operation: Operation): AuthenticationPolicy | undefined {
  const level = operation.authenticationLevel ?? service.authenticationLevel ?? group.authenticationLevel;
  return level && authenticationPolicy(level);
}

/** Refuses an operation that asks for a user where nobody who may call it has one: it could never be called. */
export function checkAuthenticationReachable(groups: readonly ApiGroup[], domains: readonly SecurityDomain[]): void {
  for (const group of groups) {
    for (const service of group.services) {
      const callers = domains.filter(({ exposure }) => service.exposure.includes(exposure)).flatMap(({ consumers }) => consumers).filter(({ groups: allowed }) => allowed?.includes(group.name) ?? true);
      if (callers.some(({ clientType }) => hasUser(clientType))) continue;
      const unreachable = service.operations.find((operation) => authenticationOf(group, service, operation) !== undefined);
      demand('AUTHENTICATION_UNREACHABLE', unreachable === undefined, () => `'${unreachable?.id}' of '${service.name}', for ${callers.map(({ name, clientType }) => `${clientType} '${name}'`).join(', ') || 'nobody'}`);
    }
  }
}
