/** Values that are forgotten at a time of their own, and the least recently used one when there are too many. */
export class BoundedCache<V> {
  private readonly entries = new Map<string, { readonly value: V; readonly until: number }>();

  /** @param maxEntries so that memory stays flat whatever callers send */
  constructor(private readonly maxEntries: number) {}

  /** @param now milliseconds since the epoch */
  get(key: string, now: number): V | undefined {
    const entry = this.entries.get(key);
    if (!entry) {
      return undefined;
    }
    this.entries.delete(key);
    if (now >= entry.until) {
      return undefined;
    }
    // A map keeps the order of insertion, so the first entry is the one that nobody asked for the longest.
    this.entries.set(key, entry);
    return entry.value;
  }

  /** @param until milliseconds since the epoch */
  set(key: string, value: V, until: number): void {
    this.entries.delete(key);
    const [oldest] = this.entries.size >= this.maxEntries ? this.entries.keys() : [];
    if (oldest !== undefined) {
      this.entries.delete(oldest);
    }
    this.entries.set(key, { value, until });
  }

  get size(): number {
    return this.entries.size;
  }
}
