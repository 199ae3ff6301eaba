/** Keys whose requests have all left the window are forgotten when there are so many, once in a while: to look through what was deleted takes time too. */
const [MANY_KEYS, WHILE_MILLIS] = [10_000, 1000];

/** When requests of one key came, in order; those before `first` have left the window or decide nothing. */
interface Arrivals { readonly times: number[]; first: number }

/**
 * Counts requests per key over a sliding window, exactly up to one above its limit.
 *
 * The platform estimates and lags by some seconds; the local gateway does not, so that a test is repeatable. No more times are
 * kept of a key than twice those that decide, so that a flood fills no memory.
 */
export class RateWindow {
  /** The key that was counted last stands last. */
  private readonly arrivals = new Map<string, Arrivals>();
  private forgotten = 0;

  /**
   * @param seconds length of the window
   * @param limit number above which nobody asks by how much
   * @param now milliseconds since the epoch
   */
  constructor(private readonly seconds: number, private readonly limit: number, private readonly now: () => number = Date.now) {}

  /** Keys that are counted. */
  public get keys(): number {
    return this.arrivals.size;
  }

  /** Counts one request and gives the number in the window, this one included; one above the limit stands for every larger one. */
  public count(key: string): number {
    const time = this.now();
    const gone = time - this.seconds * 1000;
    const recent = this.arrivals.get(key) ?? { times: [], first: 0 };
    const { times } = recent;
    times.push(time);
    while (times[recent.first]! <= gone) recent.first += 1;
    recent.first = Math.max(recent.first, times.length - this.limit - 1);
    const number = times.length - recent.first;
    // Half at once: to move all of a window for each request that leaves it would take milliseconds of a long one.
    if (recent.first > number) {
      times.splice(0, recent.first);
      recent.first = 0;
    }
    this.arrivals.delete(key);
    this.arrivals.set(key, recent);
    if (this.arrivals.size > MANY_KEYS && time - this.forgotten >= WHILE_MILLIS) this.forget(time, gone);
    return number;
  }

  private forget(time: number, gone: number): void {
    this.forgotten = time;
    for (const [key, { times }] of this.arrivals) {
      if (times.at(-1)! > gone) return;
      this.arrivals.delete(key);
    }
  }
}
