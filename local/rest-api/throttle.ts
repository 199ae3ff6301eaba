import { TokenBucket } from './token-bucket';

/** Throttling of a stage: `MethodSettings` of `AWS::ApiGateway::Stage`, rates per second. */
export interface MethodSetting {
  readonly ResourcePath?: string;
  readonly HttpMethod?: string;
  readonly ThrottlingRateLimit?: number | string;
  readonly ThrottlingBurstLimit?: number | string;
}

/** A token bucket per method, sized by the most specific method setting; no setting, no limit. */
export class Throttle {
  /** By method and resource; undefined for those without a limit. */
  private readonly buckets = new Map<string, TokenBucket | undefined>();

  constructor(private readonly settings: readonly MethodSetting[], private readonly now: () => number = Date.now) {}

  /** Whether one more request to the method fits. */
  public admits(method: string, resourcePath: string): boolean {
    const key = `${method} ${resourcePath}`;
    if (!this.buckets.has(key)) this.buckets.set(key, this.bucket(method, resourcePath));
    return this.buckets.get(key)?.take() ?? true;
  }

  private bucket(method: string, resourcePath: string): TokenBucket | undefined {
    const setting = this.settings.find((candidate) => applies(candidate, method, resourcePath)) ?? this.settings.find((candidate) => applies(candidate, '*', '/*'));
    if (setting?.ThrottlingRateLimit === undefined || Number(setting.ThrottlingRateLimit) < 0) return undefined;
    return new TokenBucket(Number(setting.ThrottlingRateLimit), Number(setting.ThrottlingBurstLimit ?? setting.ThrottlingRateLimit), this.now);
  }
}

function applies(setting: MethodSetting, method: string, resourcePath: string): boolean {
  // A resource path is written with ~1 for its inner slashes: `/~1accounts`.
  const path = (setting.ResourcePath ?? '/*').replaceAll('~1', '/').replace(/^\/\//, '/');
  return (setting.HttpMethod ?? '*') === method && path === resourcePath;
}
