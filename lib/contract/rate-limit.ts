/** Attributes of a table that counts requests: whose and in which window, how many, and when the entry may go; by the last one evidence knows the table. */
export const RATE_TABLE_ATTRIBUTES = { id: 'id', count: 'count', expires: 'expires' } as const;

/** The environment variable that names such a table to the authorizer, by its ARN. */
export const RATE_TABLE_VARIABLE = 'RATE_TABLE_ARN';

/**
 * What a request above its limit is counted as: no key of any usage plan, so that the gateway refuses it (`INVALID_API_KEY`).
 *
 * An authorizer cannot answer 429 itself. No consumer has this identifier: those go on with an `X` (`usageIdentifier`).
 */
export const NO_USAGE_IDENTIFIER = 'usageIdentifierOfNobody';

/** How many requests each consumer of an API service may make in a window. */
export interface RateLimitPolicy {
  readonly requests: number;
  /** Windows follow one another from the epoch on. */
  readonly windowSeconds: number;
  /** True where a request that cannot be counted is let through; it is refused elsewhere. */
  readonly admitUncounted?: true;
}

/** Where a consumer stands in its window. */
export interface RateLimitState {
  readonly limit: number;
  /** Requests that are left. */
  readonly remaining: number;
  /** End of the window, seconds since the epoch. */
  readonly reset: number;
}

/** Response headers that tell a caller where it stands, and which member of the authorizer's context has each on a refusal. */
export const RATE_LIMIT_HEADERS = { 'X-Rate-Limit-Limit': 'limit', 'X-Rate-Limit-Remaining': 'remaining', 'X-Rate-Limit-Reset': 'reset' } as const satisfies Readonly<Record<string, keyof RateLimitState>>;

/** The headers with their values. */
export function rateLimitHeaders(state: RateLimitState): Record<string, string> {
  return Object.fromEntries(Object.entries(RATE_LIMIT_HEADERS).map(([name, member]) => [name, String(state[member])]));
}
