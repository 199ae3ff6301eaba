import { demand } from '../private/refusal';

/** The platform counts in 32 bits. */
const MOST = 2_147_483_647;

/** A number of requests in a calendar period. */
export class Quota {
  /** So many requests in every day (UTC), a whole number of at least 1. */
  public static perDay(requests: number): Quota {
    return new Quota(requests, 'DAY');
  }

  /** So many requests in every week. */
  public static perWeek(requests: number): Quota {
    return new Quota(requests, 'WEEK');
  }

  /** So many requests in every month. */
  public static perMonth(requests: number): Quota {
    return new Quota(requests, 'MONTH');
  }

  private constructor(
    /** Requests in one period. */
    public readonly requests: number,
    /** `DAY`, `WEEK` or `MONTH`. */
    public readonly period: string,
  ) {
    demand('QUOTA', Number.isInteger(requests) && requests >= 1 && requests <= MOST, () => `${requests}`);
  }
}
