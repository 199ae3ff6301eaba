import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { PROBLEMS } from '../contract/problem';
import { ApiService } from '../declaration/api-service';
import { ManagedRule } from '../declaration/managed-rule';
import { operationPath } from './operation-path';
import { matchAny, PLAIN } from './pattern-match';
import { WebAclRule } from './web-acl-rule';

type Statement = CfnWebACL.StatementProperty;

/** Managed rules from which operations of these services are excepted, by name. */
export function exceptedRules(services: readonly ApiService[]): ManagedRule[] {
  const rules = services.flatMap(({ managedRuleExceptions }) => managedRuleExceptions.map(({ rule }) => rule));
  return [...new Set(rules)].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/**
 * Rules that do what an excepted managed rule did, everywhere but on the excepted operations.
 *
 * The managed rule counts and labels; whatever carries its label is blocked unless method and path are the operation's. A path that
 * is written in another way (encoded, say) is not the operation's, so it is blocked.
 */
export function exceptionRules(services: readonly ApiService[]): WebAclRule[] {
  return exceptedRules(services).map((rule) => ({
    name: `${rule.name}-elsewhere`,
    refusal: PROBLEMS.forbidden,
    statement: { andStatement: { statements: [labelled(rule), { notStatement: { statement: exceptedOperations(rule, services) } }] } },
  }));
}

function labelled({ label }: ManagedRule): Statement {
  return { labelMatchStatement: { scope: 'LABEL', key: label } };
}

function exceptedOperations(rule: ManagedRule, services: readonly ApiService[]): Statement {
  const paths = new Map<string, Set<string>>();
  for (const service of services) {
    const ids = new Set(service.managedRuleExceptions.filter((exception) => exception.rule === rule).map(({ operation }) => operation));
    for (const operation of service.operations.filter(({ id }) => ids.has(id))) paths.set(operation.method, (paths.get(operation.method) ?? new Set()).add(operationPath(service, operation)));
  }
  const statements = [...paths].sort().map(([method, ofMethod]): Statement => ({ andStatement: { statements: [
    { byteMatchStatement: { fieldToMatch: { method: {} }, positionalConstraint: 'EXACTLY', searchString: method, textTransformations: PLAIN } },
    matchAny({ uriPath: {} }, [...ofMethod].sort(), { before: '^(', after: ')$' }),
  ] } }));
  const [only] = statements;
  return statements.length === 1 && only !== undefined ? only : { orStatement: { statements } };
}
