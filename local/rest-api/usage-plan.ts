import { TokenBucket } from './token-bucket';

/** `AWS::ApiGateway::UsagePlan` as a template has it, with the values of its keys. */
export interface UsagePlanSettings {
  readonly keys: readonly string[];
  readonly throttle?: UsageThrottle;
  /** Limits of single methods, by API, stage, resource path and method: `a1b2c3/live/accounts/GET`. */
  readonly methods?: { readonly [method: string]: UsageThrottle };
  readonly quota?: { readonly Limit?: number | string; readonly Offset?: number | string; readonly Period?: string };
}

/** How fast one key may call. */
export interface UsageThrottle { readonly RateLimit?: number | string; readonly BurstLimit?: number | string }

/** Why a usage plan does not admit a request, as its gateway response is named. */
export type UsageRefusal = 'INVALID_API_KEY' | 'THROTTLED' | 'QUOTA_EXCEEDED';

const DAYS: { readonly [period: string]: (date: Date) => string } = {
  DAY: (date) => date.toISOString().slice(0, 10),
  WEEK: (date) => String(Math.floor((date.getTime() / 86_400_000 + 4) / 7)),
  MONTH: (date) => date.toISOString().slice(0, 7),
};

/** A usage plan: a token bucket and a count for each of its keys, over all stages that it is attached to. */
export class UsagePlan {
  private readonly buckets = new Map<string, TokenBucket>();
  private readonly used = new Map<string, { period: string; requests: number }>();
  private readonly firstPeriod: string;

  constructor(private readonly settings: UsagePlanSettings, private readonly now: () => number = Date.now) {
    this.firstPeriod = this.period();
  }

  /** Whether a key is of this plan. */
  public knows(key: string): boolean {
    return this.settings.keys.includes(key);
  }

  /** Counts one request of a key; says why where it is one too many. */
  public refusal(key: string, method = ''): UsageRefusal | undefined {
    if (!this.admits(`${method} ${key}`, this.settings.methods?.[method]) || !this.admits(key, this.settings.throttle)) return 'THROTTLED';
    return this.counted(key) ? undefined : 'QUOTA_EXCEEDED';
  }

  private admits(counted: string, { RateLimit, BurstLimit }: UsageThrottle = {}): boolean {
    if (RateLimit === undefined) return true;
    const bucket = this.buckets.get(counted) ?? new TokenBucket(Number(RateLimit), Number(BurstLimit ?? RateLimit), this.now);
    this.buckets.set(counted, bucket);
    return bucket.take();
  }

  private period(): string {
    return DAYS[this.settings.quota?.Period ?? 'DAY']!(new Date(this.now()));
  }

  private counted(key: string): boolean {
    const { Limit, Offset = 0 } = this.settings.quota ?? {};
    if (Limit === undefined) return true;
    const period = this.period();
    const used = this.used.get(key);
    const requests = used?.period === period ? used.requests : period === this.firstPeriod ? Number(Offset) : 0;
    if (requests >= Number(Limit)) return false;
    this.used.set(key, { period, requests: requests + 1 });
    return true;
  }
}

/**
 * Why none of the plans of a stage admits a request with a key; a key is of one plan of a stage at most.
 *
 * @param method of the stage, as limits of single methods name it
 */
export function usageRefusal(plans: readonly UsagePlan[], key: string | undefined, method?: string): UsageRefusal | undefined {
  const plan = key === undefined ? undefined : plans.find((candidate) => candidate.knows(key));
  return plan === undefined ? 'INVALID_API_KEY' : plan.refusal(key!, method);
}
