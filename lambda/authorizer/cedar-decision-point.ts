import { createRequire } from 'node:module';
import type { AccessPolicyCode } from '../../lib/contract/access-policy';
import type { AccessDecision, PolicyDecisionPoint } from './access-decision';
import type { AccessQuestion } from './access-question';

type Answer =
  | { readonly type: 'success'; readonly response: { readonly decision: 'allow' | 'deny'; readonly diagnostics: { readonly reason: readonly string[]; readonly errors: readonly { readonly policyId: string }[] } } }
  | { readonly type: 'failure' };

/** What is asked of Cedar's WebAssembly build. */
interface Engine {
  preparsePolicySet(name: string, policies: { readonly staticPolicies: Readonly<Record<string, unknown>> }): { readonly type: 'success' | 'failure' };
  statefulIsAuthorized(call: object): Answer;
}

/** The policies of a security domain by API service and id. */
type Policies = Readonly<Record<string, Readonly<Record<string, AccessPolicyCode>>>>;

/** A question of nobody, asked at the start, so that the first caller does not wait for the engine to be compiled. */
const WARM_UP: AccessQuestion = {
  service: '', policies: [], principal: { type: 'Client', id: '' }, action: { type: 'Action', id: '' }, resource: { type: 'ApiService', id: '' },
  context: { environment: '', ip: { __extn: { fn: 'ip', arg: '127.0.0.1' } }, subject: '', scopes: [], amr: [], path: {} }, entities: [],
};

/**
 * Decides with Cedar inside the authorizer.
 *
 * Cedar leaves out a policy that it cannot evaluate, so that a `forbid` could be got rid of by making it fail: here any error denies.
 */
export class CedarDecisionPoint implements PolicyDecisionPoint {
  private engine: Engine | undefined;
  private readonly parsed = new Set<string>();

  /**
   * @param module path of Cedar's module
   * @throws Error at start where the engine or a policy cannot be loaded, so that a wrong deployment refuses everything
   */
  constructor(private readonly policies: Policies, private readonly module: string) {
    for (const [service, own] of Object.entries(policies)) {
      this.answer({ ...WARM_UP, service, policies: Object.keys(own) });
    }
  }

  decide(question: AccessQuestion): AccessDecision {
    const answer = this.safeAnswer(question);
    if (answer?.type !== 'success') {
      return { allowed: false, policies: [], obligations: [], fault: 'the request could not be evaluated' };
    }
    const { decision, diagnostics: { reason, errors } } = answer.response;
    const determining = [...reason].sort();
    if (errors.length > 0) {
      return { allowed: false, policies: determining, obligations: [], fault: `evaluation failed in ${errors.map(({ policyId }) => policyId).sort().join(', ')}` };
    }
    return { allowed: decision === 'allow', policies: determining, obligations: decision === 'allow' ? this.obligations(question.service, determining) : [] };
  }

  private obligations(service: string, ids: readonly string[]): string[] {
    return [...new Set(ids.flatMap((id) => this.policies[service]?.[id]?.obligations ?? []))].sort();
  }

  private safeAnswer(question: AccessQuestion): Answer | undefined {
    try {
      return this.answer(question);
    } catch {
      // Whatever is thrown out of WebAssembly keeps its part of the engine's stack, until it traps in somebody else's request.
      this.engine = undefined;
      this.parsed.clear();
      return undefined;
    }
  }

  private answer({ service, policies, ...call }: AccessQuestion): Answer {
    const name = `${service} ${policies.join(' ')}`;
    this.parse(name, service, policies);
    return this.loaded().statefulIsAuthorized({ ...call, preparsedPolicySetId: name });
  }

  // Operations under the same policies share one parsed set.
  private parse(name: string, service: string, ids: readonly string[]): void {
    if (this.parsed.has(name)) {
      return;
    }
    const staticPolicies = Object.fromEntries(ids.map((id) => {
      const own = this.policies[service]?.[id];
      if (own === undefined) {
        throw new Error(`access policy ${id} of ${service} is missing`);
      }
      return [id, own.policy];
    }));
    if (this.loaded().preparsePolicySet(name, { staticPolicies }).type !== 'success') {
      throw new Error(`access policies of ${service} cannot be parsed`);
    }
    this.parsed.add(name);
  }

  private loaded(): Engine {
    if (this.engine === undefined) {
      const load = createRequire(this.module);
      Reflect.deleteProperty(load.cache, this.module);
      this.engine = load(this.module) as Engine;
    }
    return this.engine;
  }
}
