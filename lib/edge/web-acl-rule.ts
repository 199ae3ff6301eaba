import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Problem } from '../contract/problem';
import { SECURITY_HEADERS } from '../contract/security-headers';

type Statement = CfnWebACL.StatementProperty;

/** A rule and the capacity units that it uses. */
export interface WebAclRule {
  readonly name: string;
  readonly capacity: number;
  /** What a blocked caller is answered; a managed group answers by itself. */
  readonly refusal?: Problem;
  readonly statement: Statement;
  /** Headers of the answer, beside the security headers. */
  readonly headers?: { readonly [name: string]: string };
}

/** The rule as CloudFormation has it. */
export function ruleProperty({ name, refusal, statement, headers = {} }: WebAclRule, priority: number): CfnWebACL.RuleProperty {
  const answer = { ...SECURITY_HEADERS, ...headers };
  return {
    name,
    priority,
    statement,
    ...(refusal === undefined ? { overrideAction: { none: {} } } : {
      action: {
        block: {
          customResponse: {
            responseCode: refusal.status,
            customResponseBodyKey: bodyKey(refusal),
            responseHeaders: Object.entries(answer).map(([header, value]) => ({ name: header, value })),
          },
        },
      },
    }),
    visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: name, sampledRequestsEnabled: false },
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
