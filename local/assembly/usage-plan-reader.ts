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
    const attached = ((properties.ApiStages ?? []) as unknown as TemplateObject[]).map(({ ApiId, Stage, Throttle }) => ({ stage: `${String(ApiId)}/${String(Stage)}`, throttles: (Throttle ?? {}) as TemplateObject }));
    const methods = Object.fromEntries(attached.flatMap(({ stage, throttles }) => Object.entries(throttles).map(([method, throttle]) => [stage + method, throttle])));
    return { stages: attached.map(({ stage }) => stage), plan: new UsagePlan({ keys, throttle: properties.Throttle as never, methods: methods as never, quota: properties.Quota as never }) };
  });
  return (apiId, stage) => plans.filter(({ stages }) => stages.includes(`${apiId}/${stage}`)).map(({ plan }) => plan);
}
