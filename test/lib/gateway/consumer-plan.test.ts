import { ApiGroup, Consumer, Quota, Rate, SecurityDomain, ServicePlan } from '../../../lib';
import { usageIdentifier } from '../../../lib/contract/api-key';
import { apiGroup, apiService, get, internalDomain, partnerDomain } from '../../fixtures/declaration';
import { StampedEnvironment } from '../../fixtures/environment-stage';

const publicDomain = SecurityDomain.public({ consumers: [Consumer.browser('web-bank'), Consumer.native('mobile-bank', { groups: ['accounts'] }), Consumer.native('elsewhere', { groups: [] })] });
const securityDomains = [publicDomain, partnerDomain(), internalDomain()];
const plan = ServicePlan.of({ rate: Rate.perSecond(100), consumerRate: Rate.perSecond(20), consumerBurst: 30, consumerQuota: Quota.perDay(100_000) });
const stamped = new StampedEnvironment({ securityDomains, groups: [new ApiGroup('accounts', { plan, services: [apiService({ operations: [get('/accounts'), get('/customers')] })] })] });
const template = stamped.template('PublicAccounts');
const resources = (type: string): [string, Record<string, unknown>][] => Object.entries(template.findResources(type)).map(([id, { Properties }]) => [id, Properties as Record<string, unknown>]);
const values = (of = template): unknown[] => Object.values(of.findResources('AWS::ApiGateway::ApiKey')).map(({ Properties }) => (Properties as { Value: string }).Value);

test('gives every consumer the rate, burst and quota of the plan', () => {
  template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: 20, BurstLimit: 30 }, Quota: { Limit: 100_000, Period: 'DAY' } });
});

test('counts over every REST API of the service in the domain', () => {
  const [[, { ApiStages }]] = resources('AWS::ApiGateway::UsagePlan') as [[string, { ApiStages: { ApiId: { Ref: string }; Stage: { Ref: string } }[] }]];
  expect(ApiStages.map(({ ApiId }) => ApiId.Ref).sort()).toEqual(resources('AWS::ApiGateway::RestApi').map(([id]) => id).sort());
  expect(ApiStages.map(({ Stage }) => Stage.Ref).sort()).toEqual(resources('AWS::ApiGateway::Stage').map(([id]) => id).sort());
});

test('knows the subscribed consumers, each by the identifier that the authorizer gives', () => {
  expect(values()).toEqual([usageIdentifier('public', 'web-bank', 'accounts'), usageIdentifier('public', 'mobile-bank', 'accounts')]);
  const [[planId]] = resources('AWS::ApiGateway::UsagePlan') as [[string, unknown]];
  const keys = resources('AWS::ApiGateway::ApiKey').map(([id]) => id);
  expect(resources('AWS::ApiGateway::UsagePlanKey').map(([, properties]) => properties)).toEqual(keys.map((Ref) => ({ KeyId: { Ref }, KeyType: 'API_KEY', UsagePlanId: { Ref: planId } })));
});

test('gives a consumer half of what all may have where nothing is said, and no quota', () => {
  const plain = new StampedEnvironment({ securityDomains, groups: [apiGroup()] }).resources('PublicAccounts', 'AWS::ApiGateway::UsagePlan');
  expect(plain[0]).toMatchObject({ Throttle: { RateLimit: 50, BurstLimit: 50 } });
  expect(plain[0]).not.toHaveProperty('Quota');
  expect([ServicePlan.of({ rate: Rate.perMinute(1) }).consumerRate.requests, ServicePlan.of({ rate: Rate.perMinute(7) }).consumerRate.requestsPerSecond]).toEqual([1, 3 / 60]);
  expect(ServicePlan.of({ rate: Rate.perSecond(1) }).consumerRate.requestsPerSecond).toBe(0.5);
});

test('imports nothing that another stack might no longer export, and exports nothing', () => {
  const members = JSON.stringify(resources('AWS::ApiGateway::UsagePlan').concat(resources('AWS::ApiGateway::UsagePlanKey')));
  expect(members).not.toContain('Fn::ImportValue');
});

test('has identifiers that the platform accepts as key values, no two alike', () => {
  const names = ['a', 'a-b', 'b', 'ab', 'a-b-c', 'c', 'x', 'a'.repeat(40)];
  const identifiers = names.flatMap((consumer) => names.map((service) => usageIdentifier('internal', consumer, service)));
  expect(new Set(identifiers).size).toBe(names.length ** 2);
  for (const identifier of [...identifiers, ...values().map(String)]) expect(identifier).toMatch(/^[A-Za-z0-9]{20,128}$/);
});
