import { readFileSync } from 'fs';
import { CEDAR_FILES } from '../contract/access-policy';
import { AuthorizerConfiguration } from '../contract/authorizer-configuration';
import { VERIFIED_PERMISSIONS } from '../contract/policy-store';
import { ApiGroup } from '../declaration/api-group';
import { accessPoliciesOf } from '../declaration/cedar/check';
import { policyStoreContent } from '../declaration/cedar/policy-store';
import { policyCode } from '../declaration/cedar/operation-access';
import { exposedServices } from '../declaration/exposed-service';
import { SecurityDomain } from '../declaration/security-domain';
import { packagedFile } from '../private/packaged-file';

/** The access policies of a security domain, by API service; nothing where none of its services has any. */
export function accessPolicyConfiguration(domain: SecurityDomain, groups: readonly ApiGroup[]): Pick<AuthorizerConfiguration, 'accessPolicies'> {
  const decided = exposedServices(domain, groups)
    .map(({ group, service }) => [service.name, accessPoliciesOf(group, service)] as const)
    .filter(([, policies]) => policies.length > 0);
  return decided.length === 0 ? {} : { accessPolicies: Object.fromEntries(decided.map(([service, policies]) => [service, policyCode(policies)])) };
}

/** The same where Amazon Verified Permissions evaluates them: ids and obligations only. */
export function storedPolicyConfiguration(domain: SecurityDomain, groups: readonly ApiGroup[]): Pick<AuthorizerConfiguration, 'accessPolicies' | 'policyDecisionPoint'> {
  const { accessPolicies } = accessPolicyConfiguration(domain, groups);
  if (accessPolicies === undefined) return {};
  const held = exposedServices(domain, groups).filter(({ service }) => Object.hasOwn(accessPolicies, service.name))
    .map(({ group, service }) => [service.name, Object.fromEntries(policyStoreContent(group, service).policies.map(({ policy: { id, obligations } }) => [id, obligations.length > 0 ? { obligations } : {}]))]);
  return { policyDecisionPoint: VERIFIED_PERMISSIONS, accessPolicies: Object.fromEntries(held) as AuthorizerConfiguration['accessPolicies'] };
}

/** What evaluates them, to lie beside the authorizer's handler. */
export function cedarFiles(): { [name: string]: Buffer } {
  return Object.fromEntries(Object.values(CEDAR_FILES).map((name) => [name, readFileSync(packagedFile(`cedar/${name}`))]));
}
