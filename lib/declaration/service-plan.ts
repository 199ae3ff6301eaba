import { demand } from '../private/refusal';
import { Quota } from './quota';
import { Rate } from './rate';
import { RateLimit } from './rate-limit';

/** Properties of `ServicePlan`. */
export interface ServicePlanProps {
  /**
   * Requests that all callers together may make of each operation, in each security domain; a backend must stand the sum.
   *
   * A target, not a hard ceiling: API Gateway throttles every method of a stage by itself and on a best-effort basis.
   * What is above it gets 429.
   *
   * @default Rate.perSecond(100)
   */
  readonly rate?: Rate;
  /**
   * Requests to one operation that are let through at once, above the rate.
   *
   * @default - as many as one second of the rate allows
   */
  readonly burst?: number;
  /**
   * Requests that one consumer may make of all operations of an API service together, in one security domain.
   *
   * Keep it below `rate`, so that no consumer can take the whole of an operation from the others. A target as well: a usage
   * plan counts on a best-effort basis. What is above it gets 429.
   *
   * @default - half of `rate`
   */
  readonly consumerRate?: Rate;
  /**
   * Requests of one consumer to an API service that are let through at once, above its rate.
   *
   * @default - as many as one second of the consumer's rate allows
   */
  readonly consumerBurst?: number;
  /**
   * Requests that one consumer may make of an API service in a day, a week or a month, in one security domain.
   *
   * Best effort like the rate; what is above it gets 429 until the period ends.
   *
   * @default - no quota
   */
  readonly consumerQuota?: Quota;
  /**
   * Requests that one consumer may make of an API service in a window, in one security domain, counted exactly.
   *
   * Unlike `consumerRate`, which it stands beside and which must let as many through, it is no target: of any number of concurrent
   * requests exactly so many pass, for one write to a table each. What is above it gets 429 with `Retry-After`. Callers learn where
   * they stand from `X-Rate-Limit-Limit`, `X-Rate-Limit-Remaining` and `X-Rate-Limit-Reset`, on that 429 and on the answers of
   * services that verify trust tokens with `cdk-api-security/service`.
   *
   * @default - `consumerRate` and `consumerQuota` alone, on a best-effort basis and without those headers
   */
  readonly consumerLimit?: RateLimit;
  /**
   * Requests of one network address in five minutes before the web ACL blocks it, at least 10.
   *
   * @default 2000
   */
  readonly requestsPerAddress?: number;
  /**
   * Requests with one access token in five minutes before the web ACL blocks it with 429, at least 10.
   *
   * The web ACL knows no consumers, only what stands in `Authorization`: so this is per consumer and user, and somebody who makes
   * up tokens is counted anew with each; the authorizer refuses those. `consumerRate` is the limit per consumer.
   *
   * @default - as many as the consumer's rate allows
   */
  readonly requestsPerToken?: number;
}

/** The policy set of an API group: it reaches every API service in the group, identically. */
export class ServicePlan {
  /** A plan with these limits. */
  public static of(props: ServicePlanProps = {}): ServicePlan {
    return new ServicePlan(props);
  }

  /** Requests that all callers together may make of each operation, in each security domain. */
  public readonly rate: Rate;
  /** Requests to one operation that are let through at once, above the rate. */
  public readonly burst: number;
  /** Requests that one consumer may make of an API service, in one security domain. */
  public readonly consumerRate: Rate;
  /** Requests of one consumer to an API service that are let through at once, above its rate. */
  public readonly consumerBurst: number;
  /** Requests that one consumer may make of an API service in a period; undefined where there is no such limit. */
  public readonly consumerQuota?: Quota;
  /** Requests that one consumer may make of an API service in a window, counted exactly; undefined where they are not counted. */
  public readonly consumerLimit?: RateLimit;
  /** Requests of one network address in five minutes before the web ACL blocks it. */
  public readonly requestsPerAddress: number;
  /** Requests with one access token in five minutes before the web ACL blocks it; undefined where it counts none. */
  public readonly requestsPerToken?: number;

  private constructor(props: ServicePlanProps) {
    this.rate = props.rate ?? Rate.perSecond(100);
    this.burst = props.burst ?? Math.max(1, Math.ceil(this.rate.requestsPerSecond));
    this.consumerRate = props.consumerRate ?? half(this.rate);
    this.consumerBurst = props.consumerBurst ?? Math.max(1, Math.ceil(this.consumerRate.requestsPerSecond));
    this.consumerQuota = props.consumerQuota;
    this.consumerLimit = props.consumerLimit;
    this.requestsPerAddress = props.requestsPerAddress ?? 2000;
    demand('RATE', Number.isInteger(this.burst) && this.burst >= 1, () => `a burst of ${this.burst}`, 'burst: 10');
    demand('RATE', Number.isInteger(this.consumerBurst) && this.consumerBurst >= 1, () => `a burst of ${this.consumerBurst}`, 'consumerBurst: 10');
    this.checkLimit();
    this.requestsPerToken = props.requestsPerToken;
    demand('RATE', props.requestsPerToken === undefined || (Number.isInteger(props.requestsPerToken) && props.requestsPerToken >= 10), () => `${props.requestsPerToken} with one access token`, 'requestsPerToken: 10 or more');
    demand('RATE', Number.isInteger(this.requestsPerAddress) && this.requestsPerAddress >= 10, () => `${this.requestsPerAddress} of one address`, 'requestsPerAddress: 10 or more');
  }

  /** Callers are told the limit, so they must be able to use it. */
  private checkLimit(): void {
    const { consumerLimit, consumerRate, consumerBurst } = this;
    if (consumerLimit === undefined) return;
    const { requests, windowSeconds } = consumerLimit;
    const most = Math.floor(consumerRate.requestsPerSecond * windowSeconds) + consumerBurst;
    demand('RATE_LIMIT', requests <= most, () => `${requests} in ${windowSeconds} seconds, of which the consumer's rate lets ${most} through`, 'a lower consumerLimit, or a higher consumerRate');
  }
}

function half({ requests, windowSeconds }: Rate): Rate {
  if (requests === 1 && windowSeconds === 1) return Rate.perMinute(30);
  const some = Math.max(1, Math.floor(requests / 2));
  return windowSeconds === 1 ? Rate.perSecond(some) : Rate.perMinute(some);
}
