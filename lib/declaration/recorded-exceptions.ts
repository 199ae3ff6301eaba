import { RecordedException } from '../contract/recorded-exception';
import { ApiSecurityProps } from './api-security-props';
import { Environment } from './environment';

/** Every exception that a declaration carries and that matters in one environment. */
export function recordedExceptions(environment: Environment, { groups, securityDomains = [], rulePacksOmittedBecause }: Pick<ApiSecurityProps, 'groups' | 'rulePacksOmittedBecause'> & Partial<Pick<ApiSecurityProps, 'securityDomains'>>): RecordedException[] {
  const services = groups.flatMap((group) => group.services);
  const { partnerTrustStore } = environment;
  const { accessTokenLifetime, introspection, issuer } = environment.identityProvider;
  return [
    ...exception('ACCESS_TOKEN_LIFETIME', `access tokens of ${issuer}, ${accessTokenLifetime.lifetime.toHumanString()}`, accessTokenLifetime.reason),
    ...exception('INTROSPECTION_HOST', `introspection of access tokens of ${issuer} at ${introspection?.endpoint}`, introspection?.otherHostReason),
    ...services.filter(({ bodyLimit }) => bodyLimit.reason !== undefined).flatMap(({ name, bodyLimit }) => exception('BODY_LIMIT', `bodies of API service ${name}, up to ${bodyLimit.size.toMebibytes()} MiB`, bodyLimit.reason)),
    ...services.flatMap(({ name, unknownParameters }) => exception('UNKNOWN_PARAMETERS', `query parameters that API service ${name} does not declare are passed on to it`, unknownParameters.reason)),
    ...services.flatMap(({ name, readOnlyProperties }) => exception('READ_ONLY_PROPERTIES', `read-only properties in bodies of API service ${name} are passed on to it`, readOnlyProperties.reason)),
    ...groups.flatMap(({ name, plan: { consumerLimit } }) => exception('RATE_LIMIT', `requests to API group ${name} that cannot be counted are let through`, consumerLimit?.admitUncountedBecause)),
    ...services.flatMap(({ name, managedRuleExceptions }) => managedRuleExceptions.flatMap(({ operation, rule, reason }) => exception('MANAGED_RULE', `${rule.name} for operation ${operation} of API service ${name}`, reason))),
    ...securityDomains.flatMap(({ exposure, webAcl: { managedRules, capacityBudget } }) => [
      ...exception('MANAGED_RULES_COUNT', `managed rules of the ${exposure} domain count until ${managedRules.countedUntil} and do not block`, managedRules.reason),
      ...exception('WEB_ACL_CAPACITY', `up to ${capacityBudget.units} capacity units in the web ACL of the ${exposure} domain`, capacityBudget.reason),
    ]),
    ...(partnerTrustStore?.partners ?? []).flatMap((partner) => exception('PARTNER_REVOCATION', `certificates of partner ${partner} are not checked for revocation`, partnerTrustStore?.revocationOf(partner)?.notCheckedReason)),
    ...exception('RULE_PACKS', 'cdk-nag rule packs are not applied by ApiSecurity', rulePacksOmittedBecause),
  ];
}

function exception(rule: string, subject: string, reason: string | undefined): RecordedException[] {
  return reason === undefined ? [] : [{ rule, subject, reason }];
}
