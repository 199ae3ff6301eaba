import type { SecureVersion } from 'node:tls';
import { LocalRefusal } from '../local-refusal';

/** Lowest TLS version by pattern of a domain name's security policy. */
const FLOORS: readonly (readonly [RegExp, SecureVersion])[] = [
  [/^SecurityPolicy_TLS13_1_3_/, 'TLSv1.3'],
  [/^SecurityPolicy_TLS1(?:3_1_)?2_/, 'TLSv1.2'],
  [/^TLS_1_2$/, 'TLSv1.2'],
];

/**
 * The lowest TLS version that a domain name's `SecurityPolicy` accepts; TLS_1_2 where none is set.
 *
 * @throws LocalRefusal for a policy that accepts TLS 1.1 or older, or one that is not known
 */
export function tlsFloor(securityPolicy = 'TLS_1_2'): SecureVersion {
  const floor = FLOORS.find(([pattern]) => pattern.test(securityPolicy))?.[1];
  if (floor === undefined) throw new LocalRefusal('LOCAL_SECURITY_POLICY', 'a domain name speaks TLS 1.2 or newer', securityPolicy, 'TLS_1_2 or SecurityPolicy_TLS13_1_3_2025_09');
  return floor;
}
