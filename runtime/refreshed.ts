import type { Clock } from './clock';
import { DependencyFailure } from './dependency-failure';

/** How old a value may become, in seconds. */
export interface Freshness {
  /** Age from which the value is loaded again. */
  readonly freshSeconds: number;
  /** Age up to which the value is used while loading fails. */
  readonly staleSeconds: number;
  /** Pause after a failed load. */
  readonly retrySeconds: number;
}

/**
 * A value from elsewhere, kept in memory.
 *
 * Loads once for all who wait; survives an outage of its source up to `staleSeconds`; does not hammer a source that fails.
 */
export class Refreshed<T> {
  private held?: { readonly value: T; readonly loadedAt: number };
  private loading?: Promise<T>;
  private attemptedAt = Number.NEGATIVE_INFINITY;
  private failedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly name: string,
    private readonly load: () => Promise<T>,
    private readonly freshness: Freshness,
    private readonly clock: Clock,
    private readonly onFailure: (failure: DependencyFailure) => void = () => undefined,
  ) {}

  /** What is held, where it needs not be loaded again: most callers need not wait. */
  fresh(): T | undefined {
    return this.held && this.age(this.held.loadedAt) < this.freshness.freshSeconds ? this.held.value : undefined;
  }

  /** @throws DependencyFailure where the source fails and nothing recent enough is held */
  async value(): Promise<T> {
    const fresh = this.fresh();
    if (fresh !== undefined) {
      return fresh;
    }
    try {
      return await this.loaded();
    } catch (failure) {
      if (this.held && this.age(this.held.loadedAt) < this.freshness.staleSeconds) {
        return this.held.value;
      }
      throw failure;
    }
  }

  /** The value loaded again, unless that was tried within `pauseSeconds` or fails: then what is held. */
  async renewed(pauseSeconds: number): Promise<T> {
    if (!this.loading && this.age(this.attemptedAt) < pauseSeconds) {
      return this.value();
    }
    return this.loaded().catch(() => this.value());
  }

  private age(since: number): number {
    return (this.clock() - since) / 1000;
  }

  private loaded(): Promise<T> {
    if (!this.loading && this.age(this.failedAt) < this.freshness.retrySeconds) {
      return Promise.reject(new DependencyFailure(this.name, 'failed a moment ago'));
    }
    this.loading ??= this.attempt().finally(() => { this.loading = undefined; });
    return this.loading;
  }

  private async attempt(): Promise<T> {
    this.attemptedAt = this.clock();
    try {
      const value = await this.load();
      this.held = { value, loadedAt: this.attemptedAt };
      return value;
    } catch (error) {
      this.failedAt = this.clock();
      const failure = error instanceof DependencyFailure ? error : new DependencyFailure(this.name, 'unexpected error');
      this.onFailure(failure);
      throw failure;
    }
  }
}
