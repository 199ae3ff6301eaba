import { EXCEPTABLE_RULES } from '../../contract/managed-rule';
import { MANAGED_RULE_GROUPS } from '../../contract/managed-rule-group';
import { TRUST_TOKEN_HEADER } from '../../contract/trust-token';
import { WEB_ACL_CAPACITY } from '../../contract/web-acl-capacity';
import type { Check, Qualifier } from '../check';
import type { Condition } from '../condition';
import { STACK_TYPE } from '../stack-template';
import { TELLS_AMBIGUOUS_PATHS } from './ambiguous-path';

const WEB_ACL = 'AWS::WAFv2::WebACL';

const MANAGED = 'Statement.ManagedRuleGroupStatement';

const ALL_OF = 'Statement.AndStatement.Statements';

/** Whatever a rule does not block goes on to the next one: none lets a request past those that follow. */
export const NOTHING_LET_PAST: Condition = {
  path: 'Rules', everyItem: [{ path: '', anyOf: [[{ path: 'Action', anyOf: [[{ path: '', only: ['Block'] }], [{ path: '', only: ['Count'] }]] }], [{ path: 'OverrideAction', anyOf: [[{ path: '', only: ['None'] }], [{ path: '', only: ['Count'] }]] }]] }],
};

/** The managed rule groups of every web ACL, what each is for, and which of its rules may count only. */
const MANAGED_GROUPS: readonly (readonly [name: string, group: string, against: string, counted: readonly string[]])[] = [
  ['common', MANAGED_RULE_GROUPS.common, 'attacks of the OWASP Top 10 kind', ['SizeRestrictions_BODY', 'NoUserAgent_HEADER']],
  ['bad-inputs', MANAGED_RULE_GROUPS.badInputs, 'request patterns known to exploit vulnerabilities', []],
  ['sql-injection', MANAGED_RULE_GROUPS.sqlInjection, 'SQL injection', []],
  ['ip-reputation', MANAGED_RULE_GROUPS.reputation, 'addresses with a record of attacks', []],
  ['anonymous-ip', MANAGED_RULE_GROUPS.anonymousAddresses, 'anonymising proxies', ['HostingProviderIPList']],
];

/** Managed rules from which operations can be excepted, by their group. */
const exceptable = (group: string): { name: string; label: string }[] => Object.entries(EXCEPTABLE_RULES).filter(([, rule]) => rule.group === group).map(([name, { label }]) => ({ name, label }));

/** Either the rule blocks in its group, or whatever it labels is blocked later, on all operations but the named ones. */
const blockedElsewhere = ({ name, label }: { name: string; label: string }): Condition => ({
  path: 'Rules', anyOf: [
    [{ path: '', everyItem: [{ path: `${MANAGED}.RuleActionOverrides`, anyOf: [[{ path: '', exists: false }], [{ path: '', everyItem: [{ path: 'Name', matches: `^(?!${name}$)` }] }]] }] }],
    [{ path: '', someItem: [
      { path: 'Action', only: ['Block'] },
      { path: ALL_OF, someItem: [{ path: 'LabelMatchStatement.Key', equals: label }] },
      // A third condition would let more past than the operations that are named.
      { path: ALL_OF, everyItem: [{ path: '', anyOf: [[{ path: 'LabelMatchStatement.Key', equals: label }], [{ path: 'NotStatement', matches: '"Method":{}.*"UriPath":{}' }]] }] },
    ] }],
  ],
});

const NO_OPERATION_EXCEPTED: Qualifier = {
  missing: 'operations with a recorded exception (MANAGED_RULE) take requests that the managed rule named there would have blocked.',
  check: {
    id: 'managed-rules-everywhere', shows: 'No operation was excepted from a managed rule.',
    types: [STACK_TYPE], that: [{ path: '$exceptions.MANAGED_RULE', exists: false }], quantifier: 'every',
  },
};

const managedGroupChecks = MANAGED_GROUPS.map(([name, group, against, counted]): Check => ({
  id: `web-acl-${name}`,
  shows: `The web ACL inspects every request with ${group}, against ${against}${counted.length > 0 ? `; of its rules at most ${counted.join(' and ')} count and do not block` : ''}${exceptable(group).length > 0 ? ', beside those from which single operations are excepted for a recorded reason' : ''}.`,
  types: [WEB_ACL],
  that: [
    {
      path: 'Rules', someItem: [
        { path: `${MANAGED}.Name`, equals: group },
        { path: `${MANAGED}.VendorName`, equals: 'AWS' },
        { path: MANAGED, only: ['Name', 'VendorName', 'RuleActionOverrides'] },
        { path: `${MANAGED}.RuleActionOverrides`, anyOf: [[{ path: '', exists: false }], [{ path: '', everyItem: [{ path: 'Name', oneOf: [...counted, ...exceptable(group).map((rule) => rule.name)] }, { path: 'ActionToUse', only: ['Count'] }] }]] },
        { path: 'OverrideAction', only: ['None'] },
      ],
    },
    ...exceptable(group).map(blockedElsewhere),
    NOTHING_LET_PAST,
  ],
  quantifier: 'every',
  ...(exceptable(group).length > 0 && { qualifiedBy: [NO_OPERATION_EXCEPTED] }),
}));

/** Bytes of a body that a web ACL sees at most. */
const INSPECTED = 65536;

const SIZE = 'SizeConstraintStatement';
const BODY: Condition = { path: `${SIZE}.FieldToMatch`, only: ['Body'] };
const OVERSIZE: Condition = { path: `${SIZE}.FieldToMatch.Body.OversizeHandling`, equals: 'MATCH' };
const LARGER: Condition = { path: `${SIZE}.ComparisonOperator`, equals: 'GT' };
const LIMITED: readonly Condition[] = [BODY, OVERSIZE, LARGER, { path: `${SIZE}.Size`, atLeast: 1 }, { path: `${SIZE}.Size`, atMost: INSPECTED }];
const ANY_BODY: readonly Condition[] = [BODY, OVERSIZE, LARGER, { path: `${SIZE}.Size`, equals: 0 }];
const METHOD: Condition = { path: 'RegexMatchStatement.FieldToMatch', only: ['Method'] };

/** Headers that some frameworks take for the method or the path. */
const OVERRIDES = ['x-http-method', 'x-http-method-override', 'x-method-override', 'x-original-url', 'x-rewrite-url'];

/** What the rule of one of the web ACL's own is about, and what it refuses. */
type OwnRule = readonly [name: string, statement: readonly Condition[], refuses: string, qualifiedBy?: readonly Qualifier[]];

const BODIES_MEASURED: Qualifier = {
  missing: 'services with a recorded exception (BODY_LIMIT) take bodies beyond what the web ACL inspects; those bodies are neither measured nor inspected there in full.',
  check: {
    id: 'bodies-measured', shows: 'No service was granted bodies beyond what the web ACL inspects.',
    types: [STACK_TYPE], that: [{ path: '$exceptions.BODY_LIMIT', exists: false }], quantifier: 'every',
  },
};

const OWN_RULES: readonly OwnRule[] = [
  ['size', [{ path: 'Statement', anyOf: [LIMITED, [{ path: 'AndStatement.Statements', someItem: LIMITED }, { path: 'AndStatement.Statements', someItem: [{ path: 'NotStatement', matches: '"UriPath":{}' }] }]] }], 'bodies beyond the size that the APIs of the domain declare', [BODIES_MEASURED]],
  ['content-type', [{ path: ALL_OF, someItem: ANY_BODY }, { path: ALL_OF, someItem: [{ path: 'NotStatement', matches: '"SingleHeader":{"Name":"content-type"}' }] }], 'bodies of content types that no API of the domain declares'],
  ['method', [{ path: 'Statement.NotStatement.Statement.RegexMatchStatement.FieldToMatch', only: ['Method'] }], 'methods that no API of the domain declares'],
  ['trust-token', [{ path: `Statement.${SIZE}.FieldToMatch.SingleHeader.Name`, equals: TRUST_TOKEN_HEADER.toLowerCase() }, { path: `Statement.${SIZE}.ComparisonOperator`, equals: 'GE' }, { path: `Statement.${SIZE}.Size`, equals: 0 }], 'requests that bring a Txn-Token header of their own'],
  ['rate', [{ path: 'Statement.RateBasedStatement', only: ['AggregateKeyType', 'Limit', 'EvaluationWindowSec'] }, { path: 'Statement.RateBasedStatement.AggregateKeyType', equals: 'IP' }, { path: 'Statement.RateBasedStatement.Limit', atLeast: 10 }], 'an address that sends more requests than its rate rule allows'],
  ['ambiguous-path', TELLS_AMBIGUOUS_PATHS, 'paths that gateway and service may read in two ways: encoded slashes, dots, percent signs and control characters, semicolons, empty segments, and what is no UTF-8'],
  ['override-header', OVERRIDES.map((header) => ({ path: 'Statement.OrStatement.Statements', someItem: [{ path: `${SIZE}.FieldToMatch.SingleHeader.Name`, equals: header }, { path: `${SIZE}.ComparisonOperator`, equals: 'GE' }, { path: `${SIZE}.Size`, equals: 0 }] })), 'headers that some frameworks take for another method or path'],
];

const ownRuleChecks = OWN_RULES.map(([name, statement, refuses, qualifiedBy]): Check => ({
  id: `web-acl-${name}`,
  shows: `The web ACL blocks ${refuses}.`,
  types: [WEB_ACL],
  that: [{ path: 'Rules', someItem: [...statement, { path: 'Action', only: ['Block'] }] }, NOTHING_LET_PAST],
  quantifier: 'every',
  qualifiedBy,
}));

/** What a web ACL inspects and refuses. */
export const WEB_ACL_CHECKS: readonly Check[] = [
  ...managedGroupChecks,
  ...ownRuleChecks,
  {
    id: 'web-acl-unexpected-body',
    shows: 'The web ACL blocks bodies on methods for which no API of the domain declares one.',
    types: [WEB_ACL], quantifier: 'every',
    that: [
      {
        path: 'Rules', someItem: [
          { path: 'Action', only: ['Block'] },
          {
            path: 'Statement', anyOf: [
              [{ path: 'AndStatement.Statements', someItem: [METHOD] }, { path: 'AndStatement.Statements', someItem: ANY_BODY }],
              // A domain in which every method declares bodies has no such rule: it refuses the other methods.
              [{ path: 'NotStatement.Statement.RegexMatchStatement.FieldToMatch', only: ['Method'] }, { path: 'NotStatement.Statement.RegexMatchStatement.RegexString', matches: '^(?!.*(GET|HEAD|OPTIONS))' }],
            ],
          },
        ],
      },
      NOTHING_LET_PAST,
    ],
  },
  {
    id: 'web-acl-capacity',
    shows: 'The capacity of the web ACL was computed when it was synthesized, and is within the 5,000 units that the platform allows.',
    types: [WEB_ACL], that: [{ path: `$metadata.${WEB_ACL_CAPACITY}.units`, atLeast: 1 }, { path: `$metadata.${WEB_ACL_CAPACITY}.units`, atMost: 5000 }], quantifier: 'every',
  },
  {
    id: 'web-acl-inspects-64-kb',
    shows: 'The web ACL inspects bodies up to 64 KB, the most that the platform offers.',
    types: [WEB_ACL], that: [{ path: 'AssociationConfig.RequestBody.API_GATEWAY.DefaultSizeInspectionLimit', equals: 'KB_64' }], quantifier: 'every',
  },
];
