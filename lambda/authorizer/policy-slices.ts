import type { AccessQuestion } from './access-question';
import { applicable, PolicySlice, type ServicePolicies } from './policy-slice';

/** Pairs of client and operation whose slice is remembered, and policies that slices may hold together: a parsed one takes some 8 KB. */
const LIMITS = { pairs: 10_000, policies: 2000 };
/** Largest share of the policies that is worth a parsed set of its own, which its first caller waits for. */
const WORTHWHILE = 0.5;

/** Slices that were made in this process: the engine keeps parsed sets by name, and may be shared. */
let made = 0;

/** Finds the policies that a question is put to: those that can apply, or all of them where that saves too little or has cost too much. */
export class PolicySlices {
  private readonly byPair = new Map<string, PolicySlice>();
  private readonly byPolicies = new Map<string, PolicySlice>();
  private held = 0;

  constructor(private readonly policies: Readonly<Record<string, ServicePolicies>>) {}

  of(question: AccessQuestion): PolicySlice {
    const pair = pairOf(question);
    const known = this.byPair.get(pair);
    if (known !== undefined) {
      return known;
    }
    if (this.byPair.size >= LIMITS.pairs) {
      return this.whole(question);
    }
    const slice = this.found(question);
    this.byPair.set(pair, slice);
    return slice;
  }

  /** All policies of an operation, or of a service. */
  whole({ service, policies }: Pick<AccessQuestion, 'service' | 'policies'>): PolicySlice {
    return this.sameAs(service, policies) ?? this.kept(service, policies);
  }

  private found(question: AccessQuestion): PolicySlice {
    const { service, policies } = question;
    const ids = applicable(question, this.own(service));
    const known = this.sameAs(service, ids);
    if (known !== undefined) {
      return known;
    }
    if (ids.length > policies.length * WORTHWHILE || this.held + ids.length > LIMITS.policies) {
      return this.whole(question);
    }
    this.held += ids.length;
    return this.kept(service, ids);
  }

  private sameAs(service: string, ids: readonly string[]): PolicySlice | undefined {
    return this.byPolicies.get(JSON.stringify([service, ...ids]));
  }

  private kept(service: string, ids: readonly string[]): PolicySlice {
    const slice = new PolicySlice(`slice ${made += 1}`, service, ids, this.own(service));
    this.byPolicies.set(JSON.stringify([service, ...ids]), slice);
    return slice;
  }

  private own(service: string): ServicePolicies {
    return Object.hasOwn(this.policies, service) ? this.policies[service]! : {};
  }
}

/** Who asks for what: all that the choice of policies depends on. */
function pairOf({ service, policies, principal, action, resource, entities }: AccessQuestion): string {
  return JSON.stringify([service, principal.id, action.id, resource.id, ...entities.flatMap(({ parents }) => parents.map(({ id }) => id)), ...policies]);
}
