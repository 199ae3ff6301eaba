import { median } from '../measurement';

/** One way to do the work that is measured; `index` tells it which of the tokens to take. */
export interface Subject {
  readonly name: string;
  readonly perform: (index: number) => unknown;
}

/** Subjects that do the same work; the first is what the others are held against. */
export interface Contest {
  readonly name: string;
  readonly subjects: readonly Subject[];
  readonly peers: readonly Subject[];
}

const BATCH = 25;
/** Enough for the compiler to have settled, as it has in a function that is warm. */
const WARM_UP_ROUNDS = 160;
const ROUNDS = 101;

/**
 * Median processor seconds of one performance of each subject, by name.
 *
 * Batches alternate, so that a machine that slows down slows all alike; processor time, because others may be using the machine.
 */
export async function timed(subjects: readonly Subject[], rounds = ROUNDS, warmUpRounds = WARM_UP_ROUNDS): Promise<Record<string, number>> {
  const seconds = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const subject of subjects) {
      const time = await batch(subject);
      if (round >= 0) seconds.get(subject.name)?.push(time);
    }
  }
  return Object.fromEntries([...seconds].map(([name, values]) => [name, median(values)]));
}

async function batch({ perform }: Subject): Promise<number> {
  const start = process.cpuUsage();
  for (let index = 0; index < BATCH; index += 1) {
    const result = perform(index);
    // Peers that answer at once do not pay for a promise.
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6 / BATCH;
}
