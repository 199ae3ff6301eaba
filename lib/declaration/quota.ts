import { demand } from '../private/refusal';

/** A number of requests per calendar period. */
export class Quota {
  public static perDay(requests: number): Quota {
    return new Quota(requests, 'DAY');
  }

  public static perMonth(requests: number): Quota {
    return new Quota(requests, 'MONTH');
  }

  private constructor(
    public readonly requests: number,
    /** `DAY` or `MONTH`. */
    public readonly period: string,
  ) {
    demand('RATE', Number.isInteger(requests) && requests >= 1, () => `${requests}`);
  }
}
