import type { Condition } from '../condition';
import type { Declaration } from '../check';

const FUNCTION = 'AWS::Lambda::Function';

/** An authorizer of one of these security domains: where one is stamped, the domain is declared. */
export function domainDeclared(...domains: readonly string[]): Declaration {
  return { type: FUNCTION, where: [{ path: '$configuration.securityDomain', oneOf: domains }] };
}

/** An API that reaches a service; the others answer by themselves. */
export const SERVES_OPERATIONS: Condition = { path: '$operations', exists: true };

/** An API inside the network. */
export const PRIVATE: Condition = { path: 'EndpointConfiguration.Types', contains: 'PRIVATE' };

/** An API on the internet. */
export const REGIONAL: Condition = { path: 'EndpointConfiguration.Types', contains: 'REGIONAL' };
