import { UsagePlan } from '../rest-api/usage-plan';
import type { EnvironmentAssembly } from './environment-assembly';
import type { TemplateObject } from './template';

/** The usage plans of an environment by stage; one that is attached to several stages counts over all of them. */
export function usagePlanReader(assembly: EnvironmentAssembly): (apiId: string, stage: string) => readonly UsagePlan[] {
  const values = new Map(assembly.resources('AWS::ApiGateway::ApiKey')
    .filter(({ properties }) => properties.Enabled === true)
    .map(({ reference, properties }) => [reference, String(properties.Value)]));
  const plans = assembly.resources('AWS::ApiGateway::UsagePlan').map(({ reference, properties }) => {
    const keys = assembly.resources('AWS::ApiGateway::UsagePlanKey')
      .filter(({ properties: { UsagePlanId } }) => UsagePlanId === reference)
      .flatMap(({ properties: { KeyId } }) => values.get(String(KeyId)) ?? []);
    const stages = ((properties.ApiStages ?? []) as unknown as TemplateObject[]).map(({ ApiId, Stage }) => `${String(ApiId)}/${String(Stage)}`);
    return { stages, plan: new UsagePlan({ keys, throttle: properties.Throttle as never, quota: properties.Quota as never }) };
  });
  return (apiId, stage) => plans.filter(({ stages }) => stages.includes(`${apiId}/${stage}`)).map(({ plan }) => plan);
}
