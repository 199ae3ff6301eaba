import { spawnSync } from 'child_process';

/** A whole process to time: a script of this package, and what it finds in its environment. */
export interface Subject {
  readonly name: string;
  /** Path of the compiled script. */
  readonly script: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Least wall-clock seconds of each subject, by name.
 *
 * What else a machine does only ever adds to the time of a process, by half of it on a busy one; the least is what the process
 * takes. Rounds run to and fro, so that no subject always follows the same one.
 */
export function leastTimes(subjects: readonly Subject[], rounds: number): Map<string, number> {
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of round % 2 === 0 ? subjects : [...subjects].reverse()) {
      const seconds = timed(subject);
      // The first round warms the file cache and is not counted.
      if (round > 0) times.get(subject.name)?.push(seconds);
    }
  }
  return new Map([...times].map(([name, values]) => [name, Math.min(...values)]));
}

function timed({ name, script, environment }: Subject): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, [script], { env: { ...process.env, ...environment }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} failed: ${stderr.slice(-2000)}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The middle one of values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
