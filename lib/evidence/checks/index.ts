import type { Check, Qualifier } from '../check';
import { ALARM_CHECKS } from './alarm';
import { CONSUMER_CHECKS } from './consumer';
import { DECOY_CHECKS } from './decoy';
import { EDGE_CHECKS } from './edge';
import { FILE_CHECKS } from './files';
import { GATEWAY_CHECKS } from './gateway';
import { LOG_CHECKS } from './log';
import { MARKING_CHECKS } from './marking';
import { MESSAGE_CHECKS } from './message';
import { NETWORK_CHECKS } from './network';
import { OPERATION_CHECKS } from './operation';
import { TRUST_CHECKS } from './trust';
import { WEB_ACL_ASSOCIATION_CHECKS } from './web-acl-association';
import { WEB_ACL_CHECKS } from './web-acl';

/** Every check that a row may claim. */
export const CHECKS: readonly Check[] = [
  ...NETWORK_CHECKS, ...EDGE_CHECKS, ...WEB_ACL_CHECKS, ...WEB_ACL_ASSOCIATION_CHECKS, ...GATEWAY_CHECKS, ...OPERATION_CHECKS, ...TRUST_CHECKS, ...CONSUMER_CHECKS, ...FILE_CHECKS, ...LOG_CHECKS, ...ALARM_CHECKS, ...MARKING_CHECKS, ...MESSAGE_CHECKS, ...DECOY_CHECKS,
];

/** Every qualifier of a check. */
export const QUALIFIERS: readonly Qualifier[] = [...new Set(CHECKS.flatMap(({ qualifiedBy }) => qualifiedBy ?? []))];
