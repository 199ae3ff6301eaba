import { Construct } from 'constructs';
import { ApiSecurityProps, checkDeclaration } from './declaration/api-security-props';
import { recordedReason } from './declaration/recorded-reason';
import { EnvironmentStage } from './environment-stage';

/**
 * Stamps a complete API security pattern, once per environment.
 *
 * Every environment becomes a stage beside this construct, named as the environment: `cdk deploy 'Production/*'`
 * deploys one. The rule packs are applied to the whole app: a finding that nobody acknowledged fails the synthesis.
 */
export class ApiSecurity extends Construct {
  /** One stage per environment, in the order of their declaration. */
  public readonly stages: EnvironmentStage[];

  public constructor(scope: Construct, id: string, props: ApiSecurityProps) {
    super(scope, id);
    checkDeclaration(props);
    const { environments, rulePacksOmittedBecause: reason, ...shared } = props;
    this.stages = environments.map((environment) => new EnvironmentStage(scope, environment.name, { ...shared, environment, rulePacksOmittedBecause: reason && recordedReason(reason) }));
  }
}
