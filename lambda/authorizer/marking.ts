import { MARKING_HEADER, type MarkingPolicy, type SecurityClassification } from '../../lib/contract/protective-marking';
import { isWithin, parseProtectiveMarking } from '../../runtime/protective-marking';
import { Refusal } from '../../runtime/refusal';
import type { GatewayRequest } from './gateway-request';

/**
 * The classification that a request says it has, where it says one; whether it must is the gateway's validator's to say.
 *
 * Notes, caveats and origin go no further: nobody here needs them, and a record is no place for them.
 *
 * @throws Refusal `marking_invalid`, `marking_exceeded`
 */
export function requestMarking(policy: MarkingPolicy | undefined, request: GatewayRequest): SecurityClassification | undefined {
  const [text, second] = request.header(MARKING_HEADER);
  if (policy === undefined || text === undefined) {
    return undefined;
  }
  const marking = second === undefined ? parseProtectiveMarking(text) : undefined;
  if (marking === undefined) {
    throw new Refusal('marking_invalid');
  }
  if (!isWithin(marking.classification, policy.ceiling)) {
    throw new Refusal('marking_exceeded');
  }
  return marking.classification;
}
