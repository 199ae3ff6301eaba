import { HONEYPOT_GROUP } from '../../contract/honeypot';
import { MARKING_HEADER, SECURITY_CLASSIFICATIONS } from '../../contract/protective-marking';
import type { Check } from '../check';
import type { Condition } from '../condition';
import { SERVES_OPERATIONS } from './security-domain';

const REST_API = 'AWS::ApiGateway::RestApi';
const FUNCTION = 'AWS::Lambda::Function';
/** From here on every request is marked. */
const MARKED_FROM = SECURITY_CLASSIFICATIONS.indexOf('PROTECTED');
const MARKED = SECURITY_CLASSIFICATIONS.slice(MARKED_FROM);
const CLASSIFIED: Condition = { path: 'Tags', someItem: [{ path: 'Key', equals: 'Classification' }, { path: 'Value', oneOf: MARKED }] };

/** How protective markings of requests are held to the classification of an API. */
export const MARKING_CHECKS: readonly Check[] = [
  {
    id: 'authorizer-markings',
    shows: `The authorizer is told of every operation which protective marking its requests may carry at most, and that they must carry one from ${MARKED[0]} upwards.`,
    types: [FUNCTION], where: [{ path: '$configuration', exists: true }],
    that: [{
      path: '$configuration.operations', everyItem: [{
        path: '', anyOf: [
          // Nobody may call a honeypot, whatever the request carries.
          [{ path: 'group', equals: HONEYPOT_GROUP }],
          [{ path: 'marking.ceiling', oneOf: SECURITY_CLASSIFICATIONS.slice(0, MARKED_FROM) }],
          [{ path: 'marking.ceiling', oneOf: MARKED }, { path: 'marking.required', equals: true }],
        ],
      }],
    }],
    quantifier: 'every',
  },
  {
    id: 'markings-required',
    shows: `The gateway refuses a request without a protective marking to every API that is classified ${MARKED[0]} or above.`,
    types: [REST_API], where: [SERVES_OPERATIONS, CLASSIFIED],
    that: [{
      path: '$operations', everyItem: [
        { path: 'parameters', someItem: [{ path: 'name', equals: MARKING_HEADER }, { path: 'in', equals: 'header' }, { path: 'required', equals: true }] },
        { path: '$validator.validateRequestParameters', equals: true },
      ],
    }],
    quantifier: 'every', declaredBy: { type: FUNCTION, where: [{ path: '$configuration.operations', someItem: [{ path: 'marking.required', equals: true }] }] },
  },
];
