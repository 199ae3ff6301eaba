import type { Outcome, RequestCase } from './request-case';

/** A request and what came of it. */
export interface Observation {
  readonly request: RequestCase;
  readonly outcome: Outcome;
}

/** True when every request came out as it must. */
export function allAsExpected(observations: readonly Observation[]): boolean {
  return observations.every(({ request, outcome }) => request.expected === outcome);
}

/** Requests and outcomes, at most 80 columns. */
export function outcomeTable(observations: readonly Observation[], colours: boolean): string {
  const paint = (code: number, text: string): string => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  const rows = observations.map(({ request: { domain, title, method, expected }, outcome }) => {
    const right = outcome === expected;
    return `${domain.padEnd(9)}${method.padEnd(6)}${title.padEnd(41)}${String(outcome).padEnd(13)}${right ? paint(32, 'as expected') : paint(31, `NOT ${expected}`)}`;
  });
  return [`${'domain'.padEnd(9)}${'sends'.padEnd(47)}${'gets'.padEnd(13)}`, '─'.repeat(80), ...rows].join('\n');
}
