import { createRequire } from 'node:module';
import type { AccessDecision, PolicyDecisionPoint } from './access-decision';
import type { AccessQuestion } from './access-question';
import { BoundedCache } from './bounded-cache';
import { policyOf, type PolicySlice, type ReadQuestion, type ServicePolicies } from './policy-slice';
import { PolicySlices } from './policy-slices';

interface Success {
  readonly type: 'success';
  readonly response: { readonly decision: 'allow' | 'deny'; readonly diagnostics: { readonly reason: readonly string[]; readonly errors: readonly { readonly policyId: string }[] } };
}

type Answer = Success | { readonly type: 'failure' };

/** What is asked of Cedar's WebAssembly build. */
interface Engine {
  preparsePolicySet(name: string, policies: { readonly staticPolicies: Readonly<Record<string, unknown>> }): { readonly type: 'success' | 'failure' };
  statefulIsAuthorized(call: object): Answer;
}

/** The policies of a security domain by API service. */
type Policies = Readonly<Record<string, ServicePolicies>>;

/** A question of nobody, asked at the start, so that the first caller does not wait for the engine to be compiled. */
const WARM_UP: ReadQuestion = {
  principal: { type: 'Client', id: '' }, action: { type: 'Action', id: '' }, resource: { type: 'ApiService', id: '' },
  context: { environment: '', ip: { __extn: { fn: 'ip', arg: '127.0.0.1' } }, subject: '', scopes: [], amr: [], path: {} }, entities: [],
};

/** What a bundle of its own, which lies beside the handler only where policies are declared, gives to the handler. */
export interface CedarModule {
  readonly CedarDecisionPoint: typeof CedarDecisionPoint;
}

/** Answers that are kept, and the longest question of one: memory stays flat whatever callers send. */
const LIMITS = { answers: 1000, characters: 2000 };

/**
 * Decides with Cedar inside the authorizer.
 *
 * Cedar leaves out a policy that it cannot evaluate, so that a `forbid` could be got rid of by making it fail: here any error denies.
 * Cedar is asked only what can change its answer, and only once: it has no clock and no memory, so equal questions have equal answers.
 */
export class CedarDecisionPoint implements PolicyDecisionPoint {
  private engine: Engine | undefined;
  private readonly parsed = new Set<string>();
  private readonly slices: PolicySlices;
  private readonly answers = new BoundedCache<AccessDecision>(LIMITS.answers);

  /**
   * @param module path of Cedar's module
   * @throws Error at start where the engine or a policy cannot be loaded, so that a wrong deployment refuses everything
   */
  constructor(private readonly policies: Policies, private readonly module: string) {
    this.slices = new PolicySlices(policies);
    for (const [service, own] of Object.entries(policies)) {
      this.answer(this.slices.whole({ service, policies: Object.keys(own) }), WARM_UP);
    }
  }

  decide(question: AccessQuestion): AccessDecision {
    const slice = this.slices.of(question);
    const read = slice.read(question);
    const key = JSON.stringify([slice.name, read]);
    const known = this.answers.get(key, 0);
    if (known !== undefined) {
      return known;
    }
    const answer = this.safeAnswer(slice, read);
    if (answer?.type !== 'success') {
      return { allowed: false, policies: [], obligations: [], fault: 'the request could not be evaluated' };
    }
    const decision = this.decision(slice.service, answer.response);
    if (key.length <= LIMITS.characters) {
      this.answers.set(key, decision, Infinity);
    }
    return decision;
  }

  private decision(service: string, { decision, diagnostics: { reason, errors } }: Success['response']): AccessDecision {
    const determining = [...reason].sort();
    if (errors.length > 0) {
      return { allowed: false, policies: determining, obligations: [], fault: `evaluation failed in ${errors.map(({ policyId }) => policyId).sort().join(', ')}` };
    }
    return { allowed: decision === 'allow', policies: determining, obligations: decision === 'allow' ? this.obligations(service, determining) : [] };
  }

  private obligations(service: string, ids: readonly string[]): string[] {
    return [...new Set(ids.flatMap((id) => this.policies[service]?.[id]?.obligations ?? []))].sort();
  }

  private safeAnswer(slice: PolicySlice, read: ReadQuestion): Answer | undefined {
    try {
      return this.answer(slice, read);
    } catch {
      // Whatever is thrown out of WebAssembly keeps its part of the engine's stack, until it traps in somebody else's request.
      this.engine = undefined;
      this.parsed.clear();
      return undefined;
    }
  }

  private answer(slice: PolicySlice, read: ReadQuestion): Answer {
    this.parse(slice);
    return this.loaded().statefulIsAuthorized({ ...read, preparsedPolicySetId: slice.name });
  }

  // Slices of the same policies share one parsed set.
  private parse({ name, service, ids }: PolicySlice): void {
    if (this.parsed.has(name)) {
      return;
    }
    const staticPolicies = Object.fromEntries(ids.map((id) => {
      const policy = policyOf(this.policies[service] ?? {}, id);
      if (policy === undefined) {
        throw new Error(`access policy ${id} of ${service} is missing`);
      }
      return [id, policy];
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
