import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { API_KEY_HEADER } from '../contract/api-key';
import { DECOY_LABELS, DECOY_RULES } from '../contract/honeypot';
import { PROBLEMS } from '../contract/problem';
import { HoneypotPath } from '../declaration/honeypot-path';
import { literal, matchAny, PLAIN } from './pattern-match';
import { WebAclRule } from './web-acl-rule';

type Statement = CfnWebACL.StatementProperty;

/** What the rules look for. */
export interface Decoys {
  readonly paths: readonly HoneypotPath[];
  /** API keys as references to their secrets, which deployment resolves. */
  readonly apiKeys: readonly string[];
  /** ARNs of the address sets that a handler writes; none where nobody is blocked. */
  readonly blockedSets: readonly string[];
}

/** Hits are counted before anything is blocked, so that one alarms whatever becomes of it, and prolongs the block of its address. */
export function decoyRules({ paths, apiKeys, blockedSets }: Decoys): WebAclRule[] {
  return [
    ...(paths.length === 0 ? [] : [{ name: DECOY_RULES.honeypot, labels: [DECOY_LABELS.honeypot], statement: onPaths(paths) }]),
    ...(apiKeys.length === 0 ? [] : [{ name: DECOY_RULES.canary, labels: [DECOY_LABELS.canary], statement: anyOf(apiKeys.map(presented)) }]),
    // Without `ipSetForwardedIpConfig`: the address of the connection, which no header can change.
    ...(blockedSets.length === 0 ? [] : [{ name: DECOY_RULES.block, refusal: PROBLEMS.forbidden, statement: anyOf(blockedSets.map((arn): Statement => ({ ipSetReferenceStatement: { arn } }))) }]),
  ];
}

/** However the path is written: what decodes to it was meant to reach it. */
function onPaths(paths: readonly HoneypotPath[]): Statement {
  return matchAny({ uriPath: {} }, paths.map(({ path }) => literal(path)), { before: '(?i)^(', after: ')/?$', transformation: 'URL_DECODE' });
}

function presented(apiKey: string): Statement {
  return { byteMatchStatement: { fieldToMatch: { singleHeader: { Name: API_KEY_HEADER.toLowerCase() } }, positionalConstraint: 'EXACTLY', searchString: apiKey, textTransformations: PLAIN } };
}

function anyOf(statements: Statement[]): Statement {
  const [only] = statements;
  return statements.length === 1 && only !== undefined ? only : { orStatement: { statements } };
}
