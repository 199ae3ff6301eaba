import { ApiService } from './api-service';
import { checkedName } from './name';
import { ServicePlan } from './service-plan';

/** Properties of `ApiGroup`. */
export interface ApiGroupProps {
  readonly services: ApiService[];
  /** @default ServicePlan.of() */
  readonly plan?: ServicePlan;
}

/** API services that serve one business need and share one service plan. A trust token is good inside its group only. */
export class ApiGroup {
  public readonly name: string;
  public readonly services: ApiService[];
  public readonly plan: ServicePlan;

  public constructor(name: string, props: ApiGroupProps) {
    this.name = checkedName(name);
    this.services = props.services;
    this.plan = props.plan ?? ServicePlan.of();
  }
}
