import { readFileSync } from 'fs';
import { CEDAR_FILES } from '../contract/access-policy';
import { AuthorizerConfiguration } from '../contract/authorizer-configuration';
import { ApiGroup } from '../declaration/api-group';
import { accessPoliciesOf } from '../declaration/cedar/check';
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

/** What evaluates them, to lie beside the authorizer's handler. */
export function cedarFiles(): { [name: string]: Buffer } {
  return Object.fromEntries(Object.values(CEDAR_FILES).map((name) => [name, readFileSync(packagedFile(`cedar/${name}`))]));
}
