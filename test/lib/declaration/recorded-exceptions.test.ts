import { Duration } from 'aws-cdk-lib';
import { AccessTokenLifetime, ApiGroup, BodyLimit, CapacityBudget, Consumer, IdentityProvider, Introspection, ManagedRule, ManagedRuleException, ManagedRules, RateLimit, ReadOnlyProperties, SecurityDomain, ServicePlan, CertificateRevocation, TrustStore, WebAclPolicy } from '../../../lib';
import { recordedExceptions } from '../../../lib/declaration/recorded-exceptions';
import { apiGroup, apiService, certificateFile, testEnvironment } from '../../fixtures/declaration';

test('records nothing of a declaration that keeps every rule', () => {
  expect(recordedExceptions(testEnvironment(), { groups: [apiGroup()] })).toEqual([]);
});

test('records every exception of an environment with its reason', () => {
  const accessTokenLifetime = AccessTokenLifetime.exceeding(Duration.minutes(30), 'the vendor issues no shorter ones');
  const introspection = Introspection.onOtherHost('https://tokens.bank.example/introspect', 'the vendor serves it there only', { clientId: 'gateway', clientSecretName: 'introspection' });
  const partnerTrustStore = TrustStore.fromPem({ acme: certificateFile('ec-256') }, { acme: CertificateRevocation.notChecked('its certificates live for a day') });
  const environment = testEnvironment({ partnerTrustStore, identityProvider: new IdentityProvider({ issuer: 'https://id.test.bank.example', accessTokenLifetime, introspection }) });
  const scans = apiService({ bodyLimit: BodyLimit.beyondInspection('scans are uploaded here') }, 'scans');
  const limited = new ApiGroup('rates', { services: [apiService({}, 'rates')], plan: ServicePlan.of({ consumerLimit: RateLimit.perMinute(60, { admitUncountedBecause: 'rates are no secret' }) }) });
  expect(recordedExceptions(environment, { groups: [apiGroup(apiService(), scans), limited], rulePacksOmittedBecause: 'the organisation runs its own' })).toEqual([
    { rule: 'ACCESS_TOKEN_LIFETIME', subject: 'access tokens of https://id.test.bank.example, 30 minutes', reason: 'the vendor issues no shorter ones' },
    { rule: 'INTROSPECTION_HOST', subject: 'introspection of access tokens of https://id.test.bank.example at https://tokens.bank.example/introspect', reason: 'the vendor serves it there only' },
    { rule: 'BODY_LIMIT', subject: 'bodies of API service scans, up to 10 MiB', reason: 'scans are uploaded here' },
    { rule: 'RATE_LIMIT', subject: 'requests to API group rates that cannot be counted are let through', reason: 'rates are no secret' },
    { rule: 'PARTNER_REVOCATION', subject: 'certificates of partner acme are not checked for revocation', reason: 'its certificates live for a day' },
    { rule: 'RULE_PACKS', subject: expect.any(String), reason: 'the organisation runs its own' },
  ]);
});

test('records what of the web ACL was opted out of, or costs more', () => {
  const service = apiService({ managedRuleExceptions: [ManagedRuleException.of('post /accounts', ManagedRule.SQL_INJECTION_BODY, 'free text, bound as a parameter')] });
  const webAcl = WebAclPolicy.of({ managedRules: ManagedRules.countUntil('2027-03-31', 'false positives are being looked for'), capacityBudget: CapacityBudget.upTo(2000, 'many limits, agreed with finance') });
  expect(recordedExceptions(testEnvironment(), { groups: [apiGroup(service)], securityDomains: [SecurityDomain.public({ consumers: [Consumer.browser('web')], webAcl })] })).toEqual([
    { rule: 'MANAGED_RULE', subject: 'SQLi_BODY for operation post /accounts of API service accounts', reason: 'free text, bound as a parameter' },
    { rule: 'MANAGED_RULES_COUNT', subject: 'managed rules of the public domain count until 2027-03-31 and do not block', reason: 'false positives are being looked for' },
    { rule: 'WEB_ACL_CAPACITY', subject: 'up to 2000 capacity units in the web ACL of the public domain', reason: 'many limits, agreed with finance' },
  ]);
});

test('records what callers may send although only the service sets it', () => {
  const service = apiService({ readOnlyProperties: ReadOnlyProperties.accepted('mobile clients send back what they read') });
  expect(recordedExceptions(testEnvironment(), { groups: [apiGroup(service)] })).toEqual([
    { rule: 'READ_ONLY_PROPERTIES', subject: 'read-only properties in bodies of API service accounts are passed on to it', reason: 'mobile clients send back what they read' },
  ]);
  expect(() => ReadOnlyProperties.accepted('why not')).toThrow('REASON');
});
