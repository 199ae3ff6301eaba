import type { AuditRecord } from '../../lib/contract/audit-record';
import type { AuthorizerConfiguration, OperationPolicy } from '../../lib/contract/authorizer-configuration';
import { seconds, type Clock } from '../../runtime/clock';
import { Refusal } from '../../runtime/refusal';
import { accessQuestion, type AccessQuestion } from './access-question';
import type { Grant } from './trust-token';

/** What access policies said of a request. */
export interface AccessDecision {
  readonly allowed: boolean;
  /** Ids of the policies that determined the decision, sorted. */
  readonly policies: readonly string[];
  /** What the permitting policies ask of the service, sorted. */
  readonly obligations: readonly string[];
  /** What could not be evaluated, where something could not; the decision is then a denial. */
  readonly fault?: string;
}

/** Decides by the access policies of an API service. */
export interface PolicyDecisionPoint {
  /** Never allows what it could not evaluate. @throws DependencyFailure where it cannot be asked */
  decide(question: AccessQuestion): AccessDecision | Promise<AccessDecision>;
}

interface Surroundings {
  readonly configuration: AuthorizerConfiguration;
  readonly policies?: PolicyDecisionPoint;
  readonly clock: Clock;
}

/** True where access policies decide over an operation: where it says so, and where its API service has some. */
export function isPoliced({ access, service }: OperationPolicy, { accessPolicies }: AuthorizerConfiguration): boolean {
  return access !== undefined || (accessPolicies !== undefined && Object.hasOwn(accessPolicies, service));
}

/**
 * A grant that the access policies permit, with their decision.
 *
 * @param findings learns which policies determined the decision, for the record
 * @throws Refusal `policy_denied`; Error where an operation has policies and nothing evaluates them
 */
export async function permitted(grant: Grant, { configuration, policies, clock }: Surroundings, findings: { policies?: AuditRecord['policies'] }): Promise<Grant> {
  const { access } = grant.operation;
  if (policies === undefined || access === undefined) {
    throw new Error('access policies that cannot be evaluated');
  }
  const question = accessQuestion(grant, access, configuration, seconds(clock));
  if (question === undefined) {
    throw new Refusal('policy_denied', 'path parameter that is ambiguous or missing');
  }
  const decision = await policies.decide(question);
  findings.policies = decision.policies;
  if (!decision.allowed) {
    throw new Refusal('policy_denied', decision.fault);
  }
  return { ...grant, access: decision };
}
