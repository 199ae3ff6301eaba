import type { Clock } from './clock';
import { DependencyFailure } from './dependency-failure';

/** How old a value may become, in seconds. */
export interface Freshness {
  /** Age from which the value is not used before it was tried to load it again. From four fifths of it on, it is loaded again in the background. */
  readonly freshSeconds: number;
  /** Age up to which the value is used while loading fails. */
  readonly staleSeconds: number;
  /** Pause after a failed load; five times as long while what is held can be used. */
  readonly retrySeconds: number;
}

/** Share of the freshness from which a value is loaded again ahead of time. */
const AHEAD = 0.8;
const PATIENCE = 5;
/** Every load is bounded by timeouts well below; one that takes longer was suspended with its process, as Lambda does between invocations. */
const LONGEST_LOAD_SECONDS = 15;

interface Loading<T> {
  readonly startedAt: number;
  readonly result: Promise<T>;
}

/**
 * A value from elsewhere, kept in memory.
 *
 * Loaded once for all who need it, and ahead of time while all are served from memory. A source that is known to fail costs
 * nobody a wait up to `staleSeconds`, and is not hammered. What its owner withdrew is not used beyond `freshSeconds`, unless
 * the source fails.
 */
export class Refreshed<T> {
  private held?: { readonly value: T; readonly loadedAt: number };
  private loading?: Loading<T>;
  private attemptedAt = Number.NEGATIVE_INFINITY;
  private failedAt = Number.NEGATIVE_INFINITY;
  private readonly aheadSeconds: number;

  constructor(
    private readonly name: string,
    private readonly load: () => Promise<T>,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
    private readonly onFailure: (failure: DependencyFailure) => void = () => undefined,
  ) {
    this.aheadSeconds = freshness.freshSeconds * AHEAD;
  }

  /** What is held, where it needs not be loaded again: most callers need not wait. */
  fresh(): T | undefined {
    return this.held && this.age(this.held.loadedAt) < this.aheadSeconds ? this.held.value : undefined;
  }

  /** @throws DependencyFailure where the source fails and nothing recent enough is held */
  async value(): Promise<T> {
    const { held } = this;
    if (held === undefined || !this.servesAtOnce(held.loadedAt)) {
      return this.awaited();
    }
    if (this.age(held.loadedAt) >= this.aheadSeconds) {
      // Nobody waits for it, so nobody may be told of its failure either.
      this.loaded(this.freshness.retrySeconds * PATIENCE).catch(() => undefined);
    }
    return held.value;
  }

  /** The value loaded again, unless that was tried within `pauseSeconds` or fails: then what is held. */
  async renewed(pauseSeconds: number): Promise<T> {
    if (!this.underWay() && this.age(this.attemptedAt) < pauseSeconds) {
      return this.value();
    }
    return this.loaded(this.freshness.retrySeconds).catch(() => this.value());
  }

  private age(since: number): number {
    return (this.clock() - since) / 1000;
  }

  private servesAtOnce(loadedAt: number): boolean {
    const { freshSeconds, staleSeconds } = this.freshness;
    const age = this.age(loadedAt);
    // A failure of long ago, before the process was idle, says nothing of the source today.
    const fails = this.failedAt >= loadedAt && this.age(this.failedAt) < freshSeconds;
    return age < freshSeconds || (fails && age < staleSeconds);
  }

  private async awaited(): Promise<T> {
    try {
      return await this.loaded(this.freshness.retrySeconds);
    } catch (failure) {
      if (this.held && this.age(this.held.loadedAt) < this.freshness.staleSeconds) {
        return this.held.value;
      }
      throw failure;
    }
  }

  private underWay(): Loading<T> | undefined {
    return this.loading && this.age(this.loading.startedAt) < LONGEST_LOAD_SECONDS ? this.loading : undefined;
  }

  private loaded(pauseSeconds: number): Promise<T> {
    const underWay = this.underWay();
    if (underWay) {
      return underWay.result;
    }
    if (this.age(this.failedAt) < pauseSeconds) {
      return Promise.reject(new DependencyFailure(this.name, 'failed a moment ago'));
    }
    const startedAt = this.attemptedAt = this.clock();
    const loading = { startedAt, result: this.attempt(startedAt).finally(() => { this.ended(loading); }) };
    this.loading = loading;
    return loading.result;
  }

  private ended(loading: Loading<T>): void {
    if (this.loading === loading) {
      this.loading = undefined;
    }
  }

  private async attempt(startedAt: number): Promise<T> {
    try {
      const value = await this.load();
      // A load that was suspended may end after one that began later.
      if (!this.held || this.held.loadedAt <= startedAt) {
        this.held = { value, loadedAt: startedAt };
      }
      return value;
    } catch (error) {
      const failure = error instanceof DependencyFailure ? error : new DependencyFailure(this.name, 'unexpected error');
      // One that was suspended failed by its own timeout, which says nothing of the source.
      if (this.age(startedAt) < LONGEST_LOAD_SECONDS) {
        this.failedAt = this.clock();
        this.onFailure(failure);
      }
      throw failure;
    }
  }
}
