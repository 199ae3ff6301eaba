import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { PROBLEMS } from '../contract/problem';
import { TRUST_TOKEN_HEADER } from '../contract/trust-token';
import { WebAclRule } from './web-acl-rule';
import { BodyLimitOfPaths, WebAclTraffic } from './web-acl-traffic';

type Statement = CfnWebACL.StatementProperty;

const PLAIN = [{ priority: 0, type: 'NONE' }];
const LOWER_CASE = [{ priority: 0, type: 'LOWERCASE' }];
/** Past what is inspected nothing is known, so an oversize body counts as a match: it is refused. */
const BODY = { body: { oversizeHandling: 'MATCH' } };

/** Rules that follow from the declared APIs, in the order in which they are evaluated. */
export function requestRules(traffic: WebAclTraffic): WebAclRule[] {
  return [
    forgedTrustToken(),
    { name: 'RateByAddress', capacity: 2, refusal: PROBLEMS.tooManyRequests, headers: { 'Retry-After': '300' }, statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: traffic.perAddress, evaluationWindowSec: 300 } } },
    unusedMethod(traffic.methods),
    ...traffic.bodyLimits.map(bodyTooLarge),
    unexpectedContentType(traffic.mediaTypes),
  ];
}

/** A function behind a proxy integration sees the caller's headers, so a trust token from outside stops here. */
function forgedTrustToken(): WebAclRule {
  return {
    name: 'ForgedTrustToken',
    capacity: 1,
    refusal: PROBLEMS.forbidden,
    statement: { sizeConstraintStatement: { fieldToMatch: { singleHeader: { Name: TRUST_TOKEN_HEADER.toLowerCase() } }, comparisonOperator: 'GE', size: 0, textTransformations: PLAIN } },
  };
}

function unusedMethod(methods: readonly string[]): WebAclRule {
  return {
    name: 'UnusedMethod',
    capacity: 3,
    refusal: PROBLEMS.methodNotAllowed,
    headers: { Allow: methods.join(', ') },
    statement: not(matches({ method: {} }, `^(${methods.join('|')})$`, PLAIN)),
  };
}

function bodyTooLarge({ bytes, basePaths, everywhere }: BodyLimitOfPaths): WebAclRule {
  const size: Statement = { sizeConstraintStatement: { fieldToMatch: BODY, comparisonOperator: 'GT', size: bytes, textTransformations: PLAIN } };
  return {
    name: `BodyAbove${bytes}`,
    capacity: everywhere ? 1 : 4,
    refusal: PROBLEMS.contentTooLarge,
    statement: everywhere ? size : { andStatement: { statements: [matches({ uriPath: {} }, `^/(${basePaths.join('|')})(/|$)`, PLAIN), size] } },
  };
}

/** The gateway takes a missing content type for JSON and skips validation for one it has no model for: neither gets that far. */
function unexpectedContentType(mediaTypes: readonly string[]): WebAclRule {
  const hasBody: Statement = { sizeConstraintStatement: { fieldToMatch: BODY, comparisonOperator: 'GT', size: 0, textTransformations: PLAIN } };
  const declared = matches({ singleHeader: { Name: 'content-type' } }, contentTypePattern(mediaTypes), LOWER_CASE);
  return {
    name: 'UnexpectedContentType',
    capacity: 14,
    refusal: PROBLEMS.unsupportedMediaType,
    statement: { andStatement: { statements: [hasBody, not(declared)] } },
  };
}

/** A declared type, alone or with the one parameter that it may carry. Nothing declared matches nothing. */
function contentTypePattern(mediaTypes: readonly string[]): string {
  const types = mediaTypes.map((type) => {
    const literal = type.replace(/[.+*?^${}()|[\]\\]/g, '\\$&');
    return type.startsWith('multipart/') ? `${literal}; ?boundary=[^;,]+` : `${literal}(; ?charset=utf-8)?`;
  });
  return types.length > 0 ? `^(${types.join('|')})$` : '^$';
}

function matches(fieldToMatch: CfnWebACL.FieldToMatchProperty, regexString: string, textTransformations: CfnWebACL.TextTransformationProperty[]): Statement {
  return { regexMatchStatement: { fieldToMatch, regexString, textTransformations } };
}

function not(statement: Statement): Statement {
  return { notStatement: { statement } };
}
