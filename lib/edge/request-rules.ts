import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { PROBLEMS } from '../contract/problem';
import { OVERRIDE_HEADERS } from '../contract/reserved-header';
import { TRUST_TOKEN_HEADER } from '../contract/trust-token';
import { below, literal, matchAny, PLAIN } from './pattern-match';
import { WebAclRule } from './web-acl-rule';
import { AddressLimitOfGroup, BodyLimitElsewhere, WebAclTraffic } from './web-acl-traffic';

type Statement = CfnWebACL.StatementProperty;

/** Past what is inspected nothing is known, so an oversize body counts as a match: it is refused. */
const BODY = { body: { oversizeHandling: 'MATCH' } };

/** Rules that follow from the declared APIs, in the order in which they are evaluated. */
export function requestRules(traffic: WebAclTraffic): WebAclRule[] {
  return [
    forgedTrustToken(),
    rateByAddress(traffic.requestsPerAddress),
    ...traffic.groupLimits.map(rateByAddressInGroup),
    unusedMethod(traffic.methods),
    ambiguousPath(),
    overrideHeader(),
    ...unexpectedBody(traffic),
    ...traffic.bodyLimits.map(bodyTooLarge),
    unexpectedContentType(traffic.mediaTypes),
  ];
}

/** A function behind a proxy integration sees the caller's headers, so a trust token from outside stops here. */
function forgedTrustToken(): WebAclRule {
  return {
    name: 'ForgedTrustToken',
    refusal: PROBLEMS.forbidden,
    statement: { sizeConstraintStatement: { fieldToMatch: { singleHeader: { Name: TRUST_TOKEN_HEADER.toLowerCase() } }, comparisonOperator: 'GE', size: 0, textTransformations: PLAIN } },
  };
}

function rateByAddress(limit: number): WebAclRule {
  return {
    name: 'RateByAddress',
    refusal: PROBLEMS.tooManyRequests,
    headers: { 'Retry-After': '300' },
    statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit, evaluationWindowSec: 300 } },
  };
}

/** A group's own limit counts the requests to its services only. */
function rateByAddressInGroup({ group, requestsPerAddress, basePaths }: AddressLimitOfGroup): WebAclRule {
  const rule = rateByAddress(requestsPerAddress);
  return {
    ...rule,
    name: `${rule.name}-${group}`,
    statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerAddress, evaluationWindowSec: 300, scopeDownStatement: below(basePaths) } },
  };
}

function unusedMethod(methods: readonly string[]): WebAclRule {
  const declared = matchAny({ method: {} }, methods, { before: '^(', after: ')$' });
  return {
    name: 'UnusedMethod',
    refusal: PROBLEMS.methodNotAllowed,
    headers: { Allow: methods.join(', ') },
    statement: not(declared),
  };
}

/** Ways to write a path that two readers take for two paths, in lower case. */
const AMBIGUOUS = [
  // Reserved characters, dots, percent signs and control characters, encoded; a percent sign that encodes nothing.
  '%2f', '%2[35e]', '%5c', '%3[bf]', '%[01]', '%7f', '%[^0-9a-f]', '%.[^0-9a-f]', '%.?$',
  // What needs no encoding (RFC 3986 section 2.3): `/%61dmin` is a value to the gateway and a route of its own to a service. `~` is spared,
  // which some clients encode.
  '%3[0-9]', '%[46][1-9a-f]', '%[57][0-9a]', '%2d', '%5f',
  '[;#]', '//', '\\\\', '/\\.\\.?(/|$)', '[^!-~]',
  // No UTF-8 (RFC 3629 section 4): overlong forms (`%c0%af` is a slash to a lenient decoder), surrogates, beyond the last character.
  '%c[01]', '%e0%[89]', '%f0%8', '%ed%[ab]', '%f4%[9ab]', '%f[5-9a-f]',
  // Characters that end too early, which may swallow what follows, and octets that belong to none.
  '%[c-f].([^%]|%[^89ab]|$)', '%[ef].%[89ab].([^%]|%[^89ab]|$)', '%f.%[89ab].%[89ab].([^%]|%[^89ab]|$)', '(^..?|[^%]..|%[0-7].)%[89ab]',
  '%[cd].%[89ab].%[89ab]', '%e.%[89ab].%[89ab].%[89ab]', '%f.%[89ab].%[89ab].%[89ab].%[89ab]',
];

/** A service that decodes what the gateway did not would run another operation than the one that was authorized. */
function ambiguousPath(): WebAclRule {
  const path = matchAny({ uriPath: {} }, AMBIGUOUS, { before: '(', after: ')', transformation: 'LOWERCASE' });
  return { name: 'AmbiguousPath', refusal: PROBLEMS.badRequest, statement: path };
}

/** The names as they are spelled; the authorizer refuses every other spelling. */
function overrideHeader(): WebAclRule {
  const statements = OVERRIDE_HEADERS.map((header): Statement => ({ sizeConstraintStatement: { fieldToMatch: { singleHeader: { Name: header } }, comparisonOperator: 'GE', size: 0, textTransformations: PLAIN } }));
  return { name: 'OverrideHeader', refusal: PROBLEMS.badRequest, statement: { orStatement: { statements } } };
}

/** No model could refuse a body on a method for which nothing declares one. */
function unexpectedBody({ methods, methodsWithBody }: WebAclTraffic): WebAclRule[] {
  const without = methods.filter((method) => !methodsWithBody.includes(method));
  if (without.length === 0) return [];
  const bodiless = matchAny({ method: {} }, without, { before: '^(', after: ')$' });
  const hasBody: Statement = { sizeConstraintStatement: { fieldToMatch: BODY, comparisonOperator: 'GT', size: 0, textTransformations: PLAIN } };
  return [{ name: 'UnexpectedBody', refusal: PROBLEMS.badRequest, statement: { andStatement: { statements: [bodiless, hasBody] } } }];
}

function bodyTooLarge({ bytes, exceptBasePaths }: BodyLimitElsewhere): WebAclRule {
  const size: Statement = { sizeConstraintStatement: { fieldToMatch: BODY, comparisonOperator: 'GT', size: bytes, textTransformations: PLAIN } };
  const rule = { name: `BodyAbove${bytes}`, refusal: PROBLEMS.contentTooLarge };
  if (exceptBasePaths.length === 0) return { ...rule, statement: size };
  const granted = matchAny({ uriPath: {} }, exceptBasePaths, { before: '^/(', after: ')(/|$)' });
  return { ...rule, statement: { andStatement: { statements: [size, not(granted)] } } };
}

/** The gateway takes a missing content type for JSON and skips validation for one it has no model for: neither gets that far. */
function unexpectedContentType(mediaTypes: readonly string[]): WebAclRule {
  const hasBody: Statement = { sizeConstraintStatement: { fieldToMatch: BODY, comparisonOperator: 'GT', size: 0, textTransformations: PLAIN } };
  const declared = matchAny({ singleHeader: { Name: 'content-type' } }, mediaTypes.map(contentTypePattern), { before: '^(', after: ')$', transformation: 'LOWERCASE' });
  return {
    name: 'UnexpectedContentType',
    refusal: PROBLEMS.unsupportedMediaType,
    statement: { andStatement: { statements: [hasBody, not(declared)] } },
  };
}

/** A declared type, alone or with the one parameter that it may carry. */
function contentTypePattern(type: string): string {
  return type.startsWith('multipart/') ? `${literal(type)}; ?boundary=[^;,]+` : `${literal(type)}(; ?charset=utf-8)?`;
}

function not(statement: Statement): Statement {
  return { notStatement: { statement } };
}
