import { demand } from '../private/refusal';
import { Rate } from './rate';

/** Properties of `ServicePlan`. */
export interface ServicePlanProps {
  /**
   * Requests that all callers together may make of one API service.
   *
   * @default Rate.perSecond(100)
   */
  readonly rate?: Rate;
  /**
   * Requests above the rate that are let through at once.
   *
   * @default - as many as one second of the rate allows
   */
  readonly burst?: number;
  /**
   * Requests of one network address in five minutes before the web ACL blocks it, at least 10.
   *
   * @default 2000
   */
  readonly perAddress?: number;
}

/** The policy set of an API group: it reaches every API service in the group, identically. */
export class ServicePlan {
  /** A plan with these limits. */
  public static of(props: ServicePlanProps = {}): ServicePlan {
    return new ServicePlan(props);
  }

  public readonly rate: Rate;
  public readonly burst: number;
  public readonly perAddress: number;

  private constructor(props: ServicePlanProps) {
    this.rate = props.rate ?? Rate.perSecond(100);
    this.burst = props.burst ?? Math.max(1, Math.ceil(this.rate.requestsPerSecond));
    this.perAddress = props.perAddress ?? 2000;
    demand('RATE', Number.isInteger(this.burst) && this.burst >= 1, () => `a burst of ${this.burst}`, 'burst: 10');
    demand('RATE', Number.isInteger(this.perAddress) && this.perAddress >= 10, () => `${this.perAddress} of one address`, 'perAddress: 10 or more');
  }
}
