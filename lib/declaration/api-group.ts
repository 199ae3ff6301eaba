import { demand } from '../private/refusal';
import { ApiService } from './api-service';
import { AuthenticationLevel } from './authentication-level';
import { checkedName } from './name';
import { ServicePlan } from './service-plan';

/** Properties of `ApiGroup`. */
export interface ApiGroupProps {
  /** The API services of the group; no other group may hold one of them. */
  readonly services: ApiService[];
  /**
   * Limits that hold for every service of the group, identically.
   *
   * @default ServicePlan.of()
   */
  readonly plan?: ServicePlan;
  /**
   * How strongly and recently users must have been authenticated, for services and operations that do not say so themselves.
   *
   * @default - however they were
   */
  readonly authenticationLevel?: AuthenticationLevel;
}

/** API services that serve one business need and share one service plan. A trust token is good inside its group only. */
export class ApiGroup {
  /** Name of the group, by which consumers subscribe to it and trust tokens name it. */
  public readonly name: string;
  /** The API services of the group. */
  public readonly services: ApiService[];
  /** Limits that hold for every service of the group. */
  public readonly plan: ServicePlan;
  /** How users must have been authenticated, where neither service nor operation says so. */
  public readonly authenticationLevel?: AuthenticationLevel;

  public constructor(name: string, props: ApiGroupProps) {
    this.name = checkedName(name);
    demand('GROUP_EMPTY', props.services.length > 0, () => `none in '${name}'`);
    this.services = props.services;
    this.plan = props.plan ?? ServicePlan.of();
    this.authenticationLevel = props.authenticationLevel;
  }
}
