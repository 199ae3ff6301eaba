import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy, CfnPolicyStore } from 'aws-cdk-lib/aws-verifiedpermissions';
import { Construct } from 'constructs';
import { createHash } from 'crypto';
import { POLICY_STORES_VARIABLE } from '../contract/policy-store';
import { ApiGroup } from '../declaration/api-group';
import { accessPoliciesOf } from '../declaration/cedar/check';
import { PolicyStoreContent, policyStoreContent } from '../declaration/cedar/policy-store';
import { Environment } from '../declaration/environment';
import { exposedServices } from '../declaration/exposed-service';
import { SecurityDomain } from '../declaration/security-domain';
import { demand } from '../private/refusal';

/** Names and ids of more stores would not fit beside the other environment variables of a function, which hold 4 KB together. */
const MOST_STORES = 40;

/** Properties of `PolicyStores`. */
export interface PolicyStoresProps {
  readonly environment: Environment;
  readonly domain: SecurityDomain;
  readonly groups: ApiGroup[];
}

interface Store {
  readonly service: string;
  readonly content: PolicyStoreContent;
  readonly resource: CfnPolicyStore;
}

/**
 * The access policies of a security domain in Amazon Verified Permissions: a policy store for each API service that has some.
 *
 * A store decides by all of its policies, so that no service shares one with another.
 */
export class PolicyStores extends Construct {
  private readonly stores: readonly Store[];

  public constructor(scope: Construct, id: string, { environment, domain, groups }: PolicyStoresProps) {
    super(scope, id);
    const decided = exposedServices(domain, groups).filter(({ group, service }) => accessPoliciesOf(group, service).length > 0);
    demand('POLICY_STORE', decided.length <= MOST_STORES, () => `${decided.length} API services with access policies in the ${domain.exposure} domain`, `at most ${MOST_STORES}, or PolicyDecisionPoint.IN_AUTHORIZER`);
    this.stores = decided.map(({ group, service }) => {
      const content = policyStoreContent(group, service);
      const resource = new CfnPolicyStore(this, service.name, {
        description: `Access policies of ${service.name} in the ${domain.exposure} domain of ${environment.name}`,
        schema: { cedarJson: JSON.stringify(content.schema) },
        validationSettings: { mode: 'STRICT' },
        deletionProtection: { mode: environment.isProduction ? 'ENABLED' : 'DISABLED' },
      });
      return { service: service.name, content, resource };
    });
    for (const store of this.stores) this.fill(store);
  }

  /** `POLICY_STORES` of the authorizer. */
  public get variables(): { [name: string]: string } {
    return { [POLICY_STORES_VARIABLE]: Stack.of(this).toJsonString(Object.fromEntries(this.stores.map(({ service, resource }) => [service, resource.attrPolicyStoreId]))) };
  }

  /** What the authorizer may do: ask each store, and learn which policies it holds. */
  public get statement(): PolicyStatement {
    return new PolicyStatement({ effect: Effect.ALLOW, actions: ['verifiedpermissions:IsAuthorized', 'verifiedpermissions:ListPolicies'], resources: this.stores.map(({ resource }) => resource.attrArn) });
  }

  /**
   * A policy with another scope is another resource: CloudFormation adds it first, and takes the old one away last.
   *
   * Permits change after forbids were added, so that whatever a deployment leads through, nothing is permitted that neither the old
   * policies nor the new ones permit.
   */
  private fill({ content, resource }: Store): void {
    const policies = content.policies.map(({ policy, permits, statement, description, scope }) => ({
      permits,
      resource: new CfnPolicy(resource, `${policy.id}-${createHash('sha256').update(scope).digest('hex').slice(0, 8)}`, {
        policyStoreId: resource.attrPolicyStoreId,
        definition: { static: { description, statement } },
      }),
    }));
    const forbids = policies.filter(({ permits }) => !permits);
    for (const permit of policies.filter(({ permits }) => permits)) forbids.forEach((forbid) => permit.resource.node.addDependency(forbid.resource));
  }
}
