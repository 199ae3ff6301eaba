import { MARKING_HEADER } from '../../contract/protective-marking';
import type { Check } from '../check';
import type { Condition } from '../condition';
import { NOTHING_LET_PAST } from './web-acl';

const WEB_ACL = 'AWS::WAFv2::WebACL';
/**
 * Headers in which somebody could be somebody else, and the one whose notes and caveats are themselves to be protected.
 *
 * Spelled here again: a check that read the construct's own list would follow its omissions.
 */
const REDACTED_HEADERS = ['authorization', 'cookie', 'dpop', 'txn-token', 'x-api-key', MARKING_HEADER.toLowerCase()];
const LOGGING = 'AWS::WAFv2::LoggingConfiguration';
const ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';

const BEHIND_WEB_ACL: Condition = {
  path: '', referencedBy: { type: ASSOCIATION, path: 'ResourceArn', that: [{ path: 'WebACLArn', refersTo: [{ path: '$type', equals: WEB_ACL }, NOTHING_LET_PAST] }] },
};

/** A service that declares its data as other than `none`. */
const SENSITIVE: Condition = { path: 'Tags', someItem: [{ path: 'Key', equals: 'DataSensitivity' }, { path: 'Value', matches: '^(?!none$)' }] };

/** Where web ACLs stand, and what they log. */
export const WEB_ACL_ASSOCIATION_CHECKS: readonly Check[] = [
  {
    id: 'web-acl-attached',
    shows: 'Every stage is behind a web ACL of its environment, of which no rule lets a request past the others.',
    types: ['AWS::ApiGateway::Stage'], that: [BEHIND_WEB_ACL, { path: 'RestApiId', refersTo: [BEHIND_WEB_ACL] }], quantifier: 'every',
  },
  {
    id: 'web-acl-logged',
    shows: 'Every web ACL logs the requests it allowed and blocked.',
    types: [WEB_ACL], that: [{ path: '', referencedBy: { type: LOGGING, path: 'ResourceArn', that: [{ path: 'LogDestinationConfigs', exists: true }, { path: 'LoggingFilter', exists: false }] } }], quantifier: 'every',
  },
  {
    id: 'web-acl-log-redacted',
    shows: 'The web ACL log redacts access tokens, proofs of possession, API keys, cookies, trust tokens, protective markings and the query string.',
    types: [LOGGING],
    that: [...REDACTED_HEADERS.map((name): Condition => ({ path: 'RedactedFields', someItem: [{ path: 'SingleHeader', matches: `"${name}"` }] })), { path: 'RedactedFields', someItem: [{ path: '', only: ['QueryString'] }] }], quantifier: 'every',
  },
  {
    id: 'web-acl-log-path-redacted',
    shows: 'The web ACL log redacts the path where a service of the domain handles data that is declared sensitive.',
    types: [LOGGING],
    where: [{ path: 'ResourceArn', refersTo: [{ path: '', referencedBy: { type: ASSOCIATION, path: 'WebACLArn', that: [{ path: 'ResourceArn', mentions: [SENSITIVE] }] } }] }],
    that: [{ path: 'RedactedFields', someItem: [{ path: '', only: ['UriPath'] }] }], quantifier: 'every',
    declaredBy: { type: 'AWS::ApiGateway::RestApi', where: [SENSITIVE] },
  },
];
