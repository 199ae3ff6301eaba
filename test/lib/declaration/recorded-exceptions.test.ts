import { Duration } from 'aws-cdk-lib';
import { AccessTokenLifetime, ApiGroup, BodyLimit, IdentityProvider, Introspection, RateLimit, ServicePlan } from '../../../lib';
import { recordedExceptions } from '../../../lib/declaration/recorded-exceptions';
import { apiGroup, apiService, testEnvironment } from '../../fixtures/declaration';

test('records nothing of a declaration that keeps every rule', () => {
  expect(recordedExceptions(testEnvironment(), { groups: [apiGroup()] })).toEqual([]);
});

test('records every exception of an environment with its reason', () => {
  const accessTokenLifetime = AccessTokenLifetime.exceeding(Duration.minutes(30), 'the vendor issues no shorter ones');
  const introspection = Introspection.onOtherHost('https://tokens.bank.example/introspect', 'the vendor serves it there only', { clientId: 'gateway', clientSecretName: 'introspection' });
  const environment = testEnvironment({ identityProvider: new IdentityProvider({ issuer: 'https://id.test.bank.example', accessTokenLifetime, introspection }) });
  const scans = apiService({ bodyLimit: BodyLimit.beyondInspection('scans are uploaded here') }, 'scans');
  const limited = new ApiGroup('rates', { services: [apiService({}, 'rates')], plan: ServicePlan.of({ consumerLimit: RateLimit.perMinute(60, { admitUncountedBecause: 'rates are no secret' }) }) });
  expect(recordedExceptions(environment, { groups: [apiGroup(apiService(), scans), limited], rulePacksOmittedBecause: 'the organisation runs its own' })).toEqual([
    { rule: 'ACCESS_TOKEN_LIFETIME', subject: 'access tokens of https://id.test.bank.example, 30 minutes', reason: 'the vendor issues no shorter ones' },
    { rule: 'INTROSPECTION_HOST', subject: 'introspection of access tokens of https://id.test.bank.example at https://tokens.bank.example/introspect', reason: 'the vendor serves it there only' },
    { rule: 'BODY_LIMIT', subject: 'bodies of API service scans, up to 10 MiB', reason: 'scans are uploaded here' },
    { rule: 'RATE_LIMIT', subject: 'requests to API group rates that cannot be counted are let through', reason: 'rates are no secret' },
    { rule: 'RULE_PACKS', subject: expect.any(String), reason: 'the organisation runs its own' },
  ]);
});
