import type { Check } from '../check';
import { ALARM_CHECKS } from './alarm';
import { EDGE_CHECKS } from './edge';
import { GATEWAY_CHECKS } from './gateway';
import { LOG_CHECKS } from './log';
import { NETWORK_CHECKS } from './network';
import { TRUST_CHECKS } from './trust';

/** Every check that a row may claim. */
export const CHECKS: readonly Check[] = [...NETWORK_CHECKS, ...EDGE_CHECKS, ...GATEWAY_CHECKS, ...TRUST_CHECKS, ...LOG_CHECKS, ...ALARM_CHECKS];
