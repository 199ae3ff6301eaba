import { TokenBucket } from './token-bucket';

/** `AWS::ApiGateway::UsagePlan` as a template has it, with the values of its keys. */
export interface UsagePlanSettings {
  readonly keys: readonly string[];
  readonly throttle?: { readonly RateLimit?: number | string; readonly BurstLimit?: number | string };
  readonly quota?: { readonly Limit?: number | string; readonly Offset?: number | string; readonly Period?: string };
}

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

  constructor(private readonly settings: UsagePlanSettings, private readonly now: () => number = Date.now) {}

  /** Whether a key is of this plan. */
  public knows(key: string): boolean {
    return this.settings.keys.includes(key);
  }

  /** Counts one request of a key; says why where it is one too many. */
  public refusal(key: string): UsageRefusal | undefined {
    if (!this.bucket(key)?.take()) return 'THROTTLED';
    return this.counted(key) ? undefined : 'QUOTA_EXCEEDED';
  }

  private bucket(key: string): { take(): boolean } | undefined {
    const { RateLimit, BurstLimit } = this.settings.throttle ?? {};
    if (RateLimit === undefined) return { take: () => true };
    if (!this.buckets.has(key)) this.buckets.set(key, new TokenBucket(Number(RateLimit), Number(BurstLimit ?? RateLimit), this.now));
    return this.buckets.get(key);
  }

  private counted(key: string): boolean {
    const { Limit, Period = 'DAY' } = this.settings.quota ?? {};
    if (Limit === undefined) return true;
    const period = DAYS[Period]!(new Date(this.now()));
    const used = this.used.get(key);
    const requests = used?.period === period ? used.requests : 0;
    if (requests >= Number(Limit)) return false;
    this.used.set(key, { period, requests: requests + 1 });
    return true;
  }
}

/** Why none of the plans of a stage admits a request with a key; a key is of one plan of a stage at most. */
export function usageRefusal(plans: readonly UsagePlan[], key: string | undefined): UsageRefusal | undefined {
  const plan = key === undefined ? undefined : plans.find((candidate) => candidate.knows(key));
  return plan === undefined ? 'INVALID_API_KEY' : plan.refusal(key!);
}
