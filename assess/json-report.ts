import { expectationInWords, requestInWords } from './probe-words';
import { inState, type Assessment } from './result';

/** The results as JSON, for whoever wants to compare two assessments. */
export function jsonReport({ results, ...assessment }: Assessment): string {
  return `${JSON.stringify({
    ...assessment,
    held: inState(results, 'held').length, failed: inState(results, 'failed').length, skipped: inState(results, 'skipped').length,
    cases: results.map(({ case: { id, title, family, domain, controls, probe, intrusive }, state, got, reason, durationMilliseconds }) => ({
      id, state, title, family, domain, controls, ...intrusive && { intrusive },
      request: requestInWords(probe), expected: expectationInWords(probe), got, reason, durationMilliseconds,
    })),
  }, undefined, 2)}\n`;
}
