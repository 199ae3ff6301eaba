import { createHash } from 'crypto';
import { ParameterRules } from '../contract/parameter-rule';

/** What tells rules from others; evidence compares it with the authorizer's own. */
export function rulesDigest(rules: ParameterRules): string {
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 32);
}
