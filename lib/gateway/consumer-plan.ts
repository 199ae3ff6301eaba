import { CfnApiKey, CfnUsagePlan, CfnUsagePlanKey } from 'aws-cdk-lib/aws-apigateway';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { usageIdentifier } from '../contract/api-key';
import { ExposedService } from '../declaration/exposed-service';
import { SecurityDomain } from '../declaration/security-domain';
import { demand } from '../private/refusal';

/** Two resources each have to fit into the stack of the service, beside its REST APIs. */
const MOST_CONSUMERS = 200;

/** Properties of `ConsumerPlan`. */
export interface ConsumerPlanProps {
  readonly domain: SecurityDomain;
  readonly exposed: ExposedService;
  /** Every REST API of the service in the domain, with its stage. */
  readonly stages: readonly { readonly restApiId: string; readonly stageName: string }[];
}

/**
 * Counts the requests of each consumer of an API service by themselves, over all its REST APIs in a domain, so that none can
 * starve another.
 *
 * The plan knows a consumer by an identifier that the authorizer gives. It lies in the stack of the service, key by key: were
 * keys or plans shared by stacks, a consumer or a REST API that goes away would still be imported by another stack.
 */
export class ConsumerPlan extends Construct {
  public constructor(scope: Construct, id: string, { domain, exposed: { group, service }, stages }: ConsumerPlanProps) {
    super(scope, id);
    const { consumerRate, consumerBurst, consumerQuota } = group.plan;
    const consumers = domain.consumers.filter(({ groups }) => groups?.includes(group.name) ?? true);
    demand('CONSUMERS', consumers.length <= MOST_CONSUMERS, () => `${consumers.length} of '${service.name}' in the ${domain.exposure} domain`);
    const plan = new CfnUsagePlan(this, 'Plan', {
      usagePlanName: Stack.of(this).stackName,
      description: `What each consumer may ask of ${service.name} in the ${domain.exposure} domain`,
      apiStages: stages.map(({ restApiId, stageName }) => ({ apiId: restApiId, stage: stageName })),
      throttle: { rateLimit: consumerRate.requestsPerSecond, burstLimit: consumerBurst },
      quota: consumerQuota && { limit: consumerQuota.requests, period: consumerQuota.period },
    });
    for (const { name } of consumers) {
      const owner = new Construct(this, name);
      const key = new CfnApiKey(owner, 'Identifier', {
        enabled: true,
        description: `Counts the requests of ${name}; no credential: the gateway takes it from the authorizer only`,
        value: usageIdentifier(domain.exposure, name, service.name),
      });
      new CfnUsagePlanKey(owner, 'Member', { keyId: key.ref, keyType: 'API_KEY', usagePlanId: plan.ref });
    }
  }
}
