import type { AssessedDomain, AssessedEnvironment } from './assessed-environment';
import { assessmentCases, type AssessmentCase } from './assessment-case';
import { FAMILIES } from './families';
import { Pace } from './pace';
import { Prober } from './prober';
import type { Assessment, CaseResult } from './result';
import { scheduled, type Bounds, type Schedule } from './schedule';
import type { Target } from './target';

/** How an assessment is run. */
export interface AssessOptions extends Bounds {
  /** Requests a second, at most. */
  readonly rate: number;
  /** Names of the families to run. @default - all */
  readonly families?: readonly string[];
  /** Told after every case. */
  readonly progress?: (done: number, of: number) => void;
}

/** Cases that are tried at the same time. */
const CONCURRENCY = 4;

/** The cases of an environment for a target: domains that the target has not are left to `left`. */
export function plan({ domains }: AssessedEnvironment, target: Pick<Target, 'endpoint'>, options: Pick<AssessOptions, 'intrusive' | 'honeypots' | 'budget' | 'families'>): Schedule {
  const reachable = (domain: AssessedDomain): boolean => target.endpoint(domain.securityDomain) !== undefined;
  const families = FAMILIES.filter(({ name }) => options.families?.includes(name) ?? true);
  const cases = inOrder(assessmentCases(domains.filter(reachable), families));
  const elsewhere = assessmentCases(domains.filter((domain) => !reachable(domain)), families);
  const { sent, left } = scheduled(cases, domains, options);
  return { sent, left: [...left, ...elsewhere.map((one) => ({ case: one, reason: `the target has no ${one.domain} domain` }))] };
}

/** Assesses a target against what the assembly of its environment promises. */
export async function assess(environment: AssessedEnvironment, target: Target, options: AssessOptions): Promise<Assessment> {
  const { sent, left } = plan(environment, target, options);
  const started = new Date();
  const pace = new Pace(options.rate);
  const results = await run(sent, new Prober(target, environment.domains, pace), options.progress);
  const order = new Map(inOrder(assessmentCases(environment.domains, FAMILIES)).map(({ id }, index) => [id, index]));
  const all = [...results, ...left.map(({ case: one, reason }): CaseResult => ({ case: one, state: 'skipped', reason, durationMilliseconds: 0 }))];
  return {
    target: target.name, environment: environment.name, started: started.toISOString(), ended: new Date().toISOString(), intrusive: options.intrusive,
    requests: pace.sent,
    results: all.sort((a, b) => (order.get(a.case.id) ?? 0) - (order.get(b.case.id) ?? 0)),
  };
}

/** What stands for the rest of its domain comes first, and what uses up a consumer's rate last. */
function inOrder(cases: readonly AssessmentCase[]): AssessmentCase[] {
  const rank = (one: AssessmentCase): number => (one.gate === true ? 0 : isFlood(one) ? 3 : one.intrusive === true ? 2 : 1);
  return [...cases].sort((a, b) => rank(a) - rank(b));
}

async function run(cases: readonly AssessmentCase[], prober: Prober, progress: AssessOptions['progress']): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const closed = new Set<string>();
  const waiting: AssessmentCase[] = [];
  const worker = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const result = closed.has(one.domain) ? shut(one) : await tried(one, prober);
      if (one.gate === true && result.state === 'failed') closed.add(one.domain);
      results.push(result);
      progress?.(results.length, cases.length);
    }
  };
  const phase = async (chosen: readonly AssessmentCase[], concurrency: number): Promise<void> => {
    waiting.push(...chosen);
    await Promise.all(Array.from({ length: concurrency }, worker));
  };
  // Gates by themselves, so that nothing follows one that has failed; a flood by itself, so that nothing else is refused for it.
  await phase(cases.filter(({ gate }) => gate === true), 1);
  await phase(cases.filter((one) => one.gate !== true && !isFlood(one)), CONCURRENCY);
  await phase(cases.filter(isFlood), 1);
  return results;
}

function isFlood({ probe }: AssessmentCase): boolean {
  return probe.kind === 'request' && probe.times !== undefined;
}

async function tried(one: AssessmentCase, prober: Prober): Promise<CaseResult> {
  const started = performance.now();
  const outcome = await prober.outcome(one);
  return { case: one, ...outcome, durationMilliseconds: Math.round(performance.now() - started) };
}

function shut(one: AssessmentCase): CaseResult {
  return { case: one, state: 'skipped', reason: `the ${one.domain} domain was not reached as it should be: see its failed transport case`, durationMilliseconds: 0 };
}
