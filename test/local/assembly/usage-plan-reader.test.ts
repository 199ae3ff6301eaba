import type { EnvironmentAssembly } from '../../../local/assembly/environment-assembly';
import { usagePlanReader } from '../../../local/assembly/usage-plan-reader';

const resources: { readonly [type: string]: readonly object[] } = {
  'AWS::ApiGateway::ApiKey': [{ reference: 'key', properties: { Enabled: true, Value: 'acme' } }, { reference: 'off', properties: { Enabled: false, Value: 'globex' } }],
  'AWS::ApiGateway::UsagePlanKey': ['key', 'off'].map((KeyId) => ({ properties: { UsagePlanId: 'plan', KeyId } })),
  'AWS::ApiGateway::UsagePlan': [{ reference: 'plan', properties: { ApiStages: [{ ApiId: 'a', Stage: 'live', Throttle: { '/pets/GET': { RateLimit: 1, BurstLimit: 1 } } }, { ApiId: 'b', Stage: 'live' }] } }],
};
const plansOf = usagePlanReader({ resources: (type: string) => resources[type] ?? [] } as unknown as EnvironmentAssembly);

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-apigateway-usageplan-apistage.html (Throttle)
test('reads the limits of single methods with the stage that they are of', () => {
  const [plan] = plansOf('a', 'live');
  expect(plansOf('b', 'live')).toEqual([plan]);
  expect(['a/live/pets/GET', 'a/live/pets/GET', 'b/live/pets/GET', 'b/live/pets/GET'].map((method) => plan!.refusal('acme', method))).toEqual([undefined, 'THROTTLED', undefined, undefined]);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
test('knows keys that are switched on, and stages that are attached', () => {
  expect([plansOf('a', 'live')[0]!.knows('acme'), plansOf('a', 'live')[0]!.knows('globex'), plansOf('c', 'live')]).toEqual([true, false, []]);
});
