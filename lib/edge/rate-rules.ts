import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { PROBLEMS } from '../contract/problem';
import { AddressLimit } from '../declaration/address-limit';
import { ApiService } from '../declaration/api-service';
import { ExposedService } from '../declaration/exposed-service';
import { Operation } from '../declaration/operation';
import { operationPath } from './operation-path';
import { below, matchAny, PLAIN } from './pattern-match';
import { WebAclRule } from './web-acl-rule';

type Statement = CfnWebACL.StatementProperty;

/** The authorizer takes the scheme in any case and any number of spaces behind it: all of them are the same token. */
const ONE_SPELLING = [{ priority: 0, type: 'COMPRESS_WHITE_SPACE' }, { priority: 1, type: 'LOWERCASE' }];

/** Rate rules that API services and groups declare beside the limits of addresses in whole domains and groups. */
export function rateRules(exposed: readonly ExposedService[]): WebAclRule[] {
  return [...tokenRules(exposed), ...exposed.flatMap(({ service }) => service.addressLimits.map((limit) => addressRule(service, limit)))];
}

/** The web ACL cannot read a token, but tell one from another. */
function tokenRules(exposed: readonly ExposedService[]): WebAclRule[] {
  const groups = [...new Set(exposed.map(({ group }) => group))];
  return groups.flatMap(({ name, plan: { requestsPerToken } }) => (requestsPerToken === undefined ? [] : [limited(`RateByToken-${name}`, 300, {
    aggregateKeyType: 'CUSTOM_KEYS',
    customKeys: [{ header: { name: 'authorization', textTransformations: ONE_SPELLING } }],
    limit: requestsPerToken,
    scopeDownStatement: below(exposed.filter(({ group }) => group.name === name).map(({ service }) => service.basePath).sort()),
  })]));
}

function addressRule(service: ApiService, { operation: id, requests, window }: AddressLimit): WebAclRule {
  const seconds = window.toSeconds();
  const operation = service.operations.find((one) => one.id === id);
  const name = `RateByAddress-${service.name}-${seconds}s${operation === undefined ? '' : `-${metricPart(operation)}`}`;
  return limited(name, seconds, { aggregateKeyType: 'IP', limit: requests, scopeDownStatement: operation === undefined ? below([service.basePath]) : callsOf(service, operation) });
}

function limited(name: string, seconds: number, statement: Omit<CfnWebACL.RateBasedStatementProperty, 'evaluationWindowSec'>): WebAclRule {
  return { name, refusal: PROBLEMS.tooManyRequests, headers: { 'Retry-After': String(seconds) }, statement: { rateBasedStatement: { ...statement, evaluationWindowSec: seconds } } };
}

function callsOf(service: ApiService, operation: Operation): Statement {
  return { andStatement: { statements: [
    { byteMatchStatement: { fieldToMatch: { method: {} }, positionalConstraint: 'EXACTLY', searchString: operation.method, textTransformations: PLAIN } },
    matchAny({ uriPath: {} }, [operationPath(service, operation)], { before: '^(', after: ')/?$', transformation: 'URL_DECODE' }),
  ] } };
}

/** Rule names hold letters, digits, hyphens and underscores; what is left out must not make two operations one. */
function metricPart({ method, path }: Operation): string {
  return `${method}${path.replace(/[^A-Za-z0-9]/g, (character) => (character === '/' ? '_' : `-${character.charCodeAt(0).toString(16)}`))}`;
}
