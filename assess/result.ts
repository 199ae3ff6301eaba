import type { AssessmentCase } from './assessment-case';

/** How a case went. `skipped` is no success: it says what was not looked at, and why. */
export type CaseState = 'held' | 'failed' | 'skipped';

/** A case and what came of it. */
export interface CaseResult {
  readonly case: AssessmentCase;
  readonly state: CaseState;
  /** What the gateway did; nothing of a token, a key or a body. */
  readonly got?: string;
  /** Why it was skipped. */
  readonly reason?: string;
  readonly durationMilliseconds: number;
}

/** An assessment: when, of what, by which cases. */
export interface Assessment {
  readonly target: string;
  readonly environment: string;
  /** RFC 3339. */
  readonly started: string;
  readonly ended: string;
  readonly intrusive: boolean;
  readonly requests: number;
  readonly results: readonly CaseResult[];
}

/** Results of one state. */
export function inState(results: readonly CaseResult[], state: CaseState): CaseResult[] {
  return results.filter((result) => result.state === state);
}
