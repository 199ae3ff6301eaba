import { RecordedException } from '../contract/recorded-exception';
import { ApiSecurityProps } from './api-security-props';
import { Environment } from './environment';

/** Every exception that a declaration carries and that matters in one environment. */
export function recordedExceptions(environment: Environment, { groups, rulePacksOmittedBecause }: Pick<ApiSecurityProps, 'groups' | 'rulePacksOmittedBecause'>): RecordedException[] {
  const services = groups.flatMap((group) => group.services);
  const { accessTokenLifetime, introspection, issuer } = environment.identityProvider;
  return [
    ...exception('ACCESS_TOKEN_LIFETIME', `access tokens of ${issuer}, ${accessTokenLifetime.lifetime.toHumanString()}`, accessTokenLifetime.reason),
    ...exception('INTROSPECTION_HOST', `introspection of access tokens of ${issuer} at ${introspection?.endpoint}`, introspection?.otherHostReason),
    ...services.filter(({ bodyLimit }) => bodyLimit.reason !== undefined).flatMap(({ name, bodyLimit }) => exception('BODY_LIMIT', `bodies of API service ${name}, up to ${bodyLimit.size.toMebibytes()} MiB`, bodyLimit.reason)),
    ...groups.flatMap(({ name, plan: { consumerLimit } }) => exception('RATE_LIMIT', `requests to API group ${name} that cannot be counted are let through`, consumerLimit?.admitUncountedBecause)),
    ...exception('RULE_PACKS', 'cdk-nag rule packs are not applied by ApiSecurity', rulePacksOmittedBecause),
  ];
}

function exception(rule: string, subject: string, reason: string | undefined): RecordedException[] {
  return reason === undefined ? [] : [{ rule, subject, reason }];
}
