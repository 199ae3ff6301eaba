import { Duration, Size } from 'aws-cdk-lib';
import { AccessPolicies, AddressLimit, ApiGroup, ApiService, Backend, BodyLimit, Classification, Cors, DataSensitivity, Exposure, ManagedRule, ManagedRuleException, Rate, Scopes, ServicePlan } from 'cdk-api-security';

/** Accounts and the payments from them: what customers come for every day. */
export const accounts = new ApiGroup('accounts', {
  plan: ServicePlan.of({ rate: Rate.perSecond(400), burst: 800, requestsPerAddress: 1500 }),
  accessPolicies: AccessPolicies.fromFile('bin/reference/policies/accounts.cedar'),
  services: [
    ApiService.fromOpenApi('accounts', 'bin/reference/apis/accounts.yaml', {
      owner: 'Everyday Banking',
      classification: Classification.OFFICIAL_SENSITIVE,
      dataSensitivity: DataSensitivity.FINANCIAL,
      approvedExposure: [Exposure.PUBLIC, Exposure.INTERNAL],
      backend: Backend.https('https://accounts.svc.{domainName}'),
      scopes: Scopes.allOf('accounts:read'),
      bodyLimit: BodyLimit.of(Size.kibibytes(16)),
      addressLimits: [AddressLimit.ofOperation('downloadStatement', 10, Duration.minutes(1))],
      managedRuleExceptions: [ManagedRuleException.of('disputeTransaction', ManagedRule.SQL_INJECTION_BODY, 'Customers quote merchants in free text; the accounts service binds it as a parameter and shows it as text.')],
      cors: Cors.origin('https://www.{domainName}'),
    }),
    ApiService.fromOpenApi('payments', 'bin/reference/apis/payments.yaml', {
      owner: 'Payments',
      classification: Classification.OFFICIAL_SENSITIVE,
      dataSensitivity: DataSensitivity.FINANCIAL,
      approvedExposure: [Exposure.PUBLIC, Exposure.PARTNER, Exposure.INTERNAL],
      backend: Backend.https('https://payments.svc.{domainName}/v2'),
      cors: Cors.origin('https://www.{domainName}'),
    }),
  ],
});
