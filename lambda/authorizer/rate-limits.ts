import { usageIdentifier } from '../../lib/contract/api-key';
import type { RateLimitPolicy, RateLimitState } from '../../lib/contract/rate-limit';
import { seconds, type Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { Refusal } from '../../runtime/refusal';
import { BoundedCache } from './bounded-cache';
import type { RateCounter } from './rate-counter';
import type { Grant } from './trust-token';

/** A consumer has made all requests of its window. */
export class RateLimitExceeded extends Refusal {
  /** @param retryAfter seconds until the window ends */
  constructor(readonly state: RateLimitState, readonly retryAfter: number) {
    super('rate_limit_exceeded');
  }
}

/** What DynamoDB says of too many requests, also of those to one entry. */
const THROTTLED = /Thrott|ThroughputExceeded|RequestLimitExceeded/;
/** Most consumers of API services that are known to be above their limits. */
const MAX_EXCEEDED = 10_000;

/** What limits requests, and what counts them. */
export interface RateLimitsProps {
  readonly securityDomain: string;
  /** Limits by API service. */
  readonly limits: Readonly<Record<string, RateLimitPolicy>>;
  readonly counter: RateCounter;
  readonly clock: Clock;
  readonly onFailure: (failure: DependencyFailure) => void;
}

/**
 * Counts the requests of each consumer to each API service that has a limit, in windows by the clock.
 *
 * Who is above its limit is remembered until its window ends: a flood costs one write in each instance and no more.
 */
export class RateLimits {
  private readonly exceeded = new BoundedCache<true>(MAX_EXCEEDED);

  constructor(private readonly props: RateLimitsProps) {}

  /**
   * The grant, with where its consumer stands; without it where nothing limits the service, or where it is let through uncounted.
   *
   * @throws RateLimitExceeded; DependencyFailure
   */
  async admitted(grant: Grant): Promise<Grant> {
    const { securityDomain, limits } = this.props;
    const { operation: { service }, client: { consumer } } = grant;
    const policy = Object.hasOwn(limits, service) ? limits[service] : undefined;
    if (policy === undefined) {
      return grant;
    }
    try {
      return { ...grant, rateLimit: await this.state(usageIdentifier(securityDomain, consumer, service), policy) };
    } catch (error) {
      if (!(error instanceof DependencyFailure)) {
        throw error;
      }
      this.props.onFailure(error);
      // Whoever makes enough requests would lift its own limit.
      if (policy.admitUncounted && !THROTTLED.test(error.fault)) {
        return grant;
      }
      throw error;
    }
  }

  private async state(consumer: string, { requests: limit, windowSeconds }: RateLimitPolicy): Promise<RateLimitState> {
    const { counter, clock } = this.props;
    const now = seconds(clock);
    const start = now - now % windowSeconds;
    const reset = start + windowSeconds;
    const id = `${consumer}/${start}`;
    const count = this.exceeded.get(id, clock()) ? Infinity : await counter.next(id, reset);
    if (count > limit) {
      this.exceeded.set(id, true, reset * 1000);
      throw new RateLimitExceeded({ limit, remaining: 0, reset }, reset - now);
    }
    return { limit, remaining: limit - count, reset };
  }
}
