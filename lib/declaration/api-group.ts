import { demand } from '../private/refusal';
import { AccessPolicies } from './access-policies';
import { ApiService } from './api-service';
import { AuthenticationLevel } from './authentication-level';
import { checkGroupPolicies } from './cedar/check';
import { checkedName } from './name';
import { ServicePlan } from './service-plan';
import { ThreatProtection } from './threat-protection';

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
  /**
   * Cedar policies that decide over the operations of every service of the group, beside scopes.
   *
   * @default - scopes decide alone, except in services that declare policies
   */
  readonly accessPolicies?: AccessPolicies;
  /**
   * How involved the JSON and XML bodies of services may be that do not say so themselves.
   *
   * @default - the defaults of `ThreatProtectionProps`
   */
  readonly threatProtection?: ThreatProtection;
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
  /** Cedar policies that decide over the operations of every service of the group; undefined where there are none. */
  public readonly accessPolicies?: AccessPolicies;
  /** How involved bodies may be, where the service does not say so; undefined for the defaults. */
  public readonly threatProtection?: ThreatProtection;

  public constructor(name: string, props: ApiGroupProps) {
    this.name = checkedName(name);
    demand('GROUP_EMPTY', props.services.length > 0, () => `none in '${name}'`);
    this.services = props.services;
    this.plan = props.plan ?? ServicePlan.of();
    this.authenticationLevel = props.authenticationLevel;
    this.accessPolicies = props.accessPolicies;
    this.threatProtection = props.threatProtection;
    checkGroupPolicies(this);
  }
}
