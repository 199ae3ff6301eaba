import { DECOY_BLOCK_ENVIRONMENT, DECOY_LABELS, DECOY_RULES, HONEYPOT_GROUP, WEB_ACL_DECOYS } from '../../contract/honeypot';
import type { Check, Declaration, Qualifier } from '../check';
import type { Condition } from '../condition';

const WEB_ACL = 'AWS::WAFv2::WebACL';
const FUNCTION = 'AWS::Lambda::Function';

function rule(name: string): Condition {
  return { path: 'Name', equals: name };
}

/** An authorizer that is told of honeypots. */
export const HONEYPOTS: Declaration = { type: FUNCTION, where: [{ path: '$configuration.operations', someItem: [{ path: 'group', equals: HONEYPOT_GROUP }] }] };

/** A web ACL that looks for canary API keys. */
export const CANARY_API_KEYS: Declaration = { type: WEB_ACL, where: [{ path: 'Rules', someItem: [rule(DECOY_RULES.canary)] }] };

/** An authorizer that is told of clients which nobody uses. */
export const CANARY_CLIENTS: Declaration = { type: FUNCTION, where: [{ path: '$configuration.canaries', exists: true }] };

const HONEYPOTS_DECLARED: Qualifier = {
  missing: 'no security domain declares honeypots.',
  check: { id: 'honeypots-declared', shows: 'A security domain has honeypots.', types: [WEB_ACL], that: [{ path: 'Rules', someItem: [rule(DECOY_RULES.honeypot)] }], quantifier: 'some' },
};

const CANARIES_DECLARED: Qualifier = {
  missing: 'no security domain declares canary credentials.',
  check: { id: 'canaries-declared', shows: 'A security domain has canary credentials.', types: [WEB_ACL, FUNCTION], that: [{ path: '', anyOf: [CANARY_API_KEYS.where, CANARY_CLIENTS.where] }], quantifier: 'some' },
};

/** Paths and credentials that nobody has an honest reason to use. */
export const DECOY_CHECKS: readonly Check[] = [
  {
    id: 'honeypots-counted',
    shows: 'Where a security domain has honeypots, its web ACL counts and labels every request for one, before any rule of its own that blocks.',
    types: [WEB_ACL], where: [{ path: `$metadata.${WEB_ACL_DECOYS}.honeypots`, atLeast: 1 }],
    that: [{
      path: 'Rules', someItem: [
        rule(DECOY_RULES.honeypot), { path: 'Action', only: ['Count'] }, { path: 'RuleLabels', someItem: [{ path: 'Name', equals: DECOY_LABELS.honeypot }] },
        { path: 'Statement', matches: '"UriPath":{}' }, { path: 'Priority', atMost: 1 },
      ],
    }],
    quantifier: 'every', declaredBy: HONEYPOTS, qualifiedBy: [HONEYPOTS_DECLARED, CANARIES_DECLARED],
  },
  {
    id: 'honeypots-refused',
    shows: 'The authorizer answers for honeypots as for operations of an API group, and no client is subscribed to that group.',
    types: [FUNCTION], where: HONEYPOTS.where, that: [{ path: '$configuration.clients', everyItem: [{ path: 'groups', matches: '^(?!.*\\(honeypot\\))' }] }], quantifier: 'every',
    declaredBy: { type: WEB_ACL, where: [{ path: 'Rules', someItem: [rule(DECOY_RULES.honeypot)] }] },
  },
  {
    id: 'decoy-blocks-by-connection',
    shows: 'Where callers who took a decoy are blocked, it is by the address of their connection, which no header changes, and for a time.',
    types: [WEB_ACL], where: [{ path: `$metadata.${WEB_ACL_DECOYS}.blocks`, equals: true }],
    that: [{ path: 'Rules', someItem: [rule(DECOY_RULES.block), { path: 'Action', only: ['Block'] }, { path: 'Statement', matches: 'IPSetReferenceStatement' }, { path: 'Statement', matches: '^(?!.*ForwardedIP)' }] }],
    quantifier: 'every', declaredBy: { type: FUNCTION, where: [{ path: `Environment.Variables.${DECOY_BLOCK_ENVIRONMENT.seconds}`, matches: '^[0-9]{3,5}$' }] },
  },
];
