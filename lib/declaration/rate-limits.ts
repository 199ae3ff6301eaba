import { RateLimitPolicy } from '../contract/rate-limit';
import { ApiGroup } from './api-group';
import { exposedServices } from './exposed-service';
import { SecurityDomain } from './security-domain';

/** How many requests the authorizer of a security domain lets each consumer make, by API service; undefined where it counts none. */
export function rateLimits(domain: SecurityDomain, groups: readonly ApiGroup[]): { [service: string]: RateLimitPolicy } | undefined {
  const limits = exposedServices(domain, groups).flatMap(({ group: { plan: { consumerLimit } }, service }): [string, RateLimitPolicy][] => {
    if (consumerLimit === undefined) return [];
    const { requests, windowSeconds, admitUncountedBecause } = consumerLimit;
    return [[service.name, { requests, windowSeconds, ...(admitUncountedBecause !== undefined && { admitUncounted: true }) }]];
  });
  return limits.length === 0 ? undefined : Object.fromEntries(limits);
}
