import type { AssessedDomain } from './assessed-environment';
import type { AssessmentCase } from './assessment-case';

/** How much may be asked. */
export interface Bounds {
  readonly intrusive: boolean;
  /** Whether honeypots are called, which alarms. */
  readonly honeypots: boolean;
  /** Most requests of the whole assessment. */
  readonly budget: number;
}

/** Which cases are sent, and why the others are not. */
export interface Schedule {
  readonly sent: readonly AssessmentCase[];
  readonly left: readonly { readonly case: AssessmentCase; readonly reason: string }[];
}

/** Of what one address may ask, what an assessment leaves to whoever shares the address. */
const SHARE = 0.5;

/** Chooses what is sent: nothing intrusive and no honeypot unasked, no more than the budget, and half of what a web ACL lets one address ask. */
export function scheduled(cases: readonly AssessmentCase[], domains: readonly AssessedDomain[], { intrusive, honeypots, budget }: Bounds): Schedule {
  const limits = domains.flatMap(({ securityDomain, addressLimits }) => addressLimits.map((limit) => ({ ...limit, securityDomain, left: Math.floor(limit.requests * SHARE) })));
  const sent: AssessmentCase[] = [];
  const left: { case: AssessmentCase; reason: string }[] = [];
  let spent = 0;
  for (const one of cases) {
    const cost = requestsOf(one);
    const concerned = one.probe.kind === 'request' ? limits.filter(({ securityDomain, counts }) => securityDomain === one.domain && counts(...requestLine(one))) : [];
    const exhausted = concerned.find((limit) => limit.left < cost);
    const reason = one.untestable ?? (one.intrusive === true && !intrusive ? 'it is intrusive, and --intrusive was not given'
      : one.decoy === true && !honeypots ? 'it alarms, and --honeypots was not given'
      : spent + cost > budget ? `the budget of ${budget} requests is spent (--budget)`
        : exhausted !== undefined ? `it would be more than half of the ${exhausted.requests} requests in ${exhausted.windowSeconds} s that one address may send` : undefined);
    if (reason !== undefined) {
      left.push({ case: one, reason });
      continue;
    }
    spent += cost;
    for (const limit of concerned) limit.left -= cost;
    sent.push(one);
  }
  return { sent, left };
}

/** How many requests a case takes. */
function requestsOf({ probe }: AssessmentCase): number {
  return probe.kind === 'request' ? probe.times ?? 1 : 1;
}

function requestLine({ probe }: AssessmentCase): [method: string, path: string] {
  return probe.kind === 'request' ? [probe.method, probe.path.replace(/\?.*$/, '')] : ['', ''];
}
