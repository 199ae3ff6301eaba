/** One line of `out/bench.json`: a ratio, the goal it is held against, and the peers it was measured beside. */
export interface Result {
  readonly name: string;
  readonly ratio: number;
  readonly goal: number;
  readonly atMost?: boolean;
  readonly atLeast?: boolean;
  readonly holds: boolean;
  /** Seconds of the peers in the same run. */
  readonly peers: Readonly<Record<string, number>>;
}

/** A ratio that must not exceed its goal. */
export function atMost(name: string, ratio: number, goal: number, peers: Result['peers']): Result {
  return { name, ratio, goal, atMost: true, holds: ratio <= goal, peers };
}

/** A ratio that must reach its goal. */
export function atLeast(name: string, ratio: number, goal: number, peers: Result['peers']): Result {
  return { name, ratio, goal, atLeast: true, holds: ratio >= goal, peers };
}

/** The results as a table of at most 80 columns. */
export function table(results: readonly Result[]): string {
  const rows = results.map(({ name, ratio, goal, atMost: most, holds }) => `${name.padEnd(54).slice(0, 54)} ${ratio.toFixed(2).padStart(6)} ${most ? '≤' : '≥'} ${goal.toFixed(2).padStart(5)}  ${holds ? 'holds' : 'FAILS'}`);
  return [`${'benchmark'.padEnd(54)} ${'ratio'.padStart(6)}   ${'goal'.padStart(5)}`, ...rows].join('\n');
}
