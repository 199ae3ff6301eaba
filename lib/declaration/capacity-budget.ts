import { demand } from '../private/refusal';
import { recordedReason } from './recorded-reason';

/** Capacity units within the base price of a web ACL, and the most that the platform allows. */
const INCLUDED = 1500;
const MOST = 5000;

/** How many capacity units the web ACL of a security domain may use. */
export class CapacityBudget {
  /** What the base price of a web ACL includes: 1,500 units. */
  public static readonly INCLUDED = new CapacityBudget(INCLUDED);

  /** More than the base price includes, up to 5,000 units: AWS charges every request for each 500 above 1,500. */
  public static upTo(units: number, reason: string): CapacityBudget {
    demand('WEB_ACL_CAPACITY', Number.isInteger(units) && units > INCLUDED && units <= MOST, () => `a budget of ${units}`, 'CapacityBudget.upTo(2000, reason), a whole number of 1501 to 5000');
    return new CapacityBudget(units, recordedReason(reason));
  }

  private constructor(
    /** Most units that may be in use. */
    public readonly units: number,
    /** Why more than the base price is spent; undefined within it. */
    public readonly reason?: string,
  ) {}
}
