import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Problem } from '../contract/problem';
import { SECURITY_HEADERS } from '../contract/security-headers';

/** A rule of the web ACL. None of them lets a request past those that follow. */
export interface WebAclRule {
  readonly name: string;
  /** What a blocked caller is answered. A rule without it counts; a managed group answers by itself. */
  readonly refusal?: Problem;
  readonly statement: CfnWebACL.StatementProperty;
  /** Headers of the answer, beside the security headers. */
  readonly headers?: { readonly [name: string]: string };
  /** What later rules and the log know a matching request by. */
  readonly labels?: readonly string[];
  /** A managed group that counts and does not block. */
  readonly counted?: boolean;
}

/** The rule as CloudFormation has it. */
export function ruleProperty(rule: WebAclRule, priority: number): CfnWebACL.RuleProperty {
  const { name, statement, labels } = rule;
  return { name, priority, statement, ...(labels && { ruleLabels: labels.map((label) => ({ name: label })) }), ...verdict(rule), visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: name, sampledRequestsEnabled: false } };
}

function verdict({ statement, refusal, headers = {}, counted = false }: WebAclRule): Pick<CfnWebACL.RuleProperty, 'action' | 'overrideAction'> {
  if (statement.managedRuleGroupStatement !== undefined) return { overrideAction: counted ? { count: {} } : { none: {} } };
  if (refusal === undefined) return { action: { count: {} } };
  const answer = { ...SECURITY_HEADERS, ...headers };
  return {
    action: {
      block: {
        customResponse: {
          responseCode: refusal.status,
          customResponseBodyKey: bodyKey(refusal),
          responseHeaders: Object.entries(answer).map(([header, value]) => ({ name: header, value })),
        },
      },
    },
  };
}

/** The answers' bodies: problem details without an instance, since a web ACL substitutes nothing. */
export function responseBodies(rules: readonly WebAclRule[]): { [key: string]: CfnWebACL.CustomResponseBodyProperty } {
  const refusals = rules.flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal]));
  return Object.fromEntries(refusals.map((refusal) => [bodyKey(refusal), {
    contentType: 'APPLICATION_JSON',
    content: JSON.stringify({ type: 'about:blank', title: refusal.title, status: refusal.status, detail: refusal.detail }),
  }]));
}

function bodyKey({ status }: Problem): string {
  return `problem-${status}`;
}
