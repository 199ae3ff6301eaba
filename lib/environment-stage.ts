import { RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { CfnClientCertificate } from 'aws-cdk-lib/aws-apigateway';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { RECORDED_EXCEPTION } from './contract/recorded-exception';
import { AUTHORIZER_STAGE_VARIABLE, PUBLISHED_KEYS_STAGE_VARIABLE, ROOT_API, STAGE_NAME } from './contract/stage-variable';
import { ApiGroup } from './declaration/api-group';
import { checkDeclaration } from './declaration/api-security-props';
import { honeypotPaths } from './declaration/decoys';
import { Environment } from './declaration/environment';
import { ExposedService, exposedServices } from './declaration/exposed-service';
import { Exposure } from './declaration/exposure';
import { recordedExceptions } from './declaration/recorded-exceptions';
import { SecurityDomain } from './declaration/security-domain';
import { serviceTags } from './declaration/service-tags';
import { GatewayAccount } from './detect/gateway-account';
import { LogArchive } from './detect/log-archive';
import { SecurityAlarms, WatchedDomain } from './detect/security-alarms';
import { CanaryApiKeys } from './edge/canary-api-keys';
import { DecoyBlock } from './edge/decoy-block';
import { IDomainEndpoint } from './edge/domain-endpoint';
import { PrivateEndpoint } from './edge/private-endpoint';
import { RegionalEndpoint } from './edge/regional-endpoint';
import { StoredTrustStore } from './edge/stored-trust-store';
import { WebAclForDomain } from './edge/web-acl-for-domain';
import { RulePacks } from './evidence/rule-packs';
import { bodyLimits, uninspectedBodies } from './gateway/body-inspection';
import { unverifiedSignatures } from './gateway/signed-messages';
import { IBackendEnvironment } from './declaration/backend-environment';
import { ConsumerPlan } from './gateway/consumer-plan';
import { domainRootBody } from './gateway/domain-root';
import { IntegrationTarget } from './gateway/integration';
import { partitions } from './declaration/partition';
import { rateLimits } from './declaration/rate-limits';
import { restApiBody } from './gateway/rest-api-body';
import { RestApiSurroundings, SecuredRestApi } from './gateway/secured-rest-api';
import { EnvironmentNetwork } from './network/environment-network';
import { EnvironmentStack } from './private/environment-stack';
import { partitionOf } from './private/region-partition';
import { TrustStoreVersion } from './private/trust-store-version';
import { ApiKeys, hasApiKeys } from './trust/api-keys';
import { EnvironmentKey } from './trust/environment-key';
import { KmsSigningKeys } from './trust/kms-signing-keys';
import { PublishedKeysFunction } from './trust/published-keys-function';
import { SigningKey } from './trust/signing-key';
import { TrustTokenAuthorizer } from './trust/trust-token-authorizer';
import { ITrustTokenKeys } from './trust/trust-token-keys';

/** The domain that serves the public keys: the one closest to the services that need them. */
const KEY_SERVING_ORDER = [Exposure.INTERNAL, Exposure.PUBLIC, Exposure.PARTNER];

/** Properties of `EnvironmentStage`. */
export interface EnvironmentStageProps {
  /** The environment to stamp. */
  readonly environment: Environment;
  /** Who may call; a domain without an exposed service is not deployed. */
  readonly securityDomains: SecurityDomain[];
  /** Which APIs exist, with the limits of each group. */
  readonly groups: ApiGroup[];
  /**
   * Why the rule packs are not applied, for the evidence.
   *
   * @default - they are applied to the whole app
   */
  readonly rulePacksOmittedBecause?: string;
}

/** What every security domain of an environment is built on. */
interface Foundation {
  readonly key: EnvironmentKey;
  readonly archive: LogArchive;
  readonly network: EnvironmentNetwork;
  readonly signingKey: ITrustTokenKeys;
  readonly trustIssuer: string;
  readonly target: IntegrationTarget;
}

/** A security domain, ready to expose API services. */
interface Domain extends WatchedDomain {
  readonly stack: Stack;
  readonly declared: SecurityDomain;
  readonly endpoint: IDomainEndpoint;
  readonly webAcl: WebAclForDomain;
  readonly surroundings: RestApiSurroundings;
}

/** One environment: its network, keys and archive, a gateway per security domain, and a stack per exposed API service. */
export class EnvironmentStage extends Stage implements IBackendEnvironment {
  /** The declaration that was stamped. */
  public readonly environment: Environment;
  /** The network of the environment: connect backends to its VPC. */
  public readonly network: EnvironmentNetwork;
  /** Encrypts whatever lies in the environment: secrets, logs, archive. */
  public readonly key: IKey;
  /** `iss` of the environment's trust tokens, and the URL under which their public keys are served. */
  public readonly trustIssuer: string;
  /** Whether the public keys of the trust tokens are served inside the network. */
  public readonly servesKeysInside: boolean;
  /** The declared API groups: backends learn from them how involved bodies may be. */
  public readonly groups?: ApiGroup[];
  /** Who may call: backends learn from them the keys that requests are signed with. */
  public readonly securityDomains?: SecurityDomain[];
  /** Name of the environment. */
  public readonly environmentName?: string;
  /** Receives the alarms of the environment; alarms of your own may go there too. */
  public readonly alarmTopic: ITopic;
  private readonly props: EnvironmentStageProps;
  private readonly functionBackedStacks: Stack[] = [];

  public constructor(scope: Construct, id: string, props: EnvironmentStageProps) {
    super(scope, id, { env: { account: props.environment.account, region: props.environment.region } });
    checkDeclaration({ ...props, environments: [props.environment] });
    if (props.rulePacksOmittedBecause === undefined) RulePacks.applyTo(this);
    this.environment = props.environment;
    this.groups = props.groups;
    this.securityDomains = props.securityDomains;
    this.environmentName = props.environment.name;
    this.props = props;
    const exposed = props.securityDomains.filter((domain) => exposedServices(domain, props.groups).length > 0);
    const foundation = this.foundation(exposed);
    this.network = foundation.network;
    this.key = foundation.key.key;
    this.trustIssuer = foundation.trustIssuer;
    this.servesKeysInside = keyServer(exposed)?.exposure === Exposure.INTERNAL;
    const domains = exposed.map((domain) => this.domain(domain, foundation));
    for (const domain of domains) {
      for (const exposedService of exposedServices(domain.declared, props.groups)) this.expose(domain, exposedService, foundation.target);
    }
    const alarms = this.stack('Alarms', 'Alarms that mean something, and the topic they go to');
    this.alarmTopic = new SecurityAlarms(alarms, 'Alarms', {
      environmentName: this.environment.name,
      domains,
      keyRotation: foundation.signingKey instanceof SigningKey ? foundation.signingKey.rotation : undefined,
      key: foundation.key.key,
      emails: this.environment.alarmEmails,
    }).topic;
    // Alarms of backends import it: an export that ended with the last of them would still be in use when this stack is updated.
    alarms.exportValue(this.alarmTopic.topicArn);
  }

  /** The environment's network. */
  public get vpc(): IVpc {
    return this.network.vpc;
  }

  /** `aud` of the environment's trust tokens: its domain name. */
  public get trustDomain(): string {
    return this.environment.domainName;
  }

  /** Deploys a stack of backend functions before the REST APIs that call them. */
  public deployFirst(backends: Stack): void {
    for (const stack of this.functionBackedStacks) stack.addStackDependency(backends, 'its REST API calls functions of that stack');
  }

  private foundation(domains: readonly SecurityDomain[]): Foundation {
    const { environment } = this;
    const base = this.stack('Foundation', 'Key, log archive and gateway account settings');
    for (const exception of recordedExceptions(environment, this.props)) base.node.addMetadata(RECORDED_EXCEPTION, exception);
    const key = new EnvironmentKey(base, 'Key');
    const archive = new LogArchive(base, 'Archive', { key: key.key });
    new GatewayAccount(base, 'GatewayAccount');
    const network = new EnvironmentNetwork(this.stack('Network', 'The network of this environment'), 'Network', {
      cidr: environment.cidr,
      flowLogArchive: archive.bucket,
      redundantEgress: environment.isProduction,
      keyManagement: environment.signing.generation !== undefined,
    });
    const signingKey = this.signingKey(network, key.key);
    const target = { partition: partitionOf(environment.region), region: environment.region, account: environment.account, domainName: environment.domainName };
    return { key, archive, network, signingKey, trustIssuer: `https://${hostName(keyServer(domains), environment)}`, target };
  }

  private signingKey(network: EnvironmentNetwork, key: IKey): ITrustTokenKeys {
    const { signing } = this.environment;
    const stack = this.stack('Trust', 'Signing key of the trust tokens and its rotation');
    return signing.generation === undefined ? new SigningKey(stack, 'SigningKey', { ...inside(network), key }) : new KmsSigningKeys(stack, 'SigningKeys', { signing });
  }

  private domain(declared: SecurityDomain, foundation: Foundation): Domain {
    const name = pascal(declared.exposure);
    const stack = this.stack(name, `Endpoint, web ACL and authorizer of the ${declared.exposure} domain`);
    const { key } = foundation.key;
    const canaryApiKeys = new CanaryApiKeys(stack, 'CanaryApiKeys', { environmentName: this.environment.name, domain: declared, key }).apiKeys;
    const webAcl = new WebAclForDomain(stack, 'WebAcl', { canaryApiKeys, domain: declared, groups: this.props.groups, key, logName: `${this.environment.name}-${declared.exposure}`.toLowerCase() });
    const decoyBlock = this.decoyBlock(stack, declared, webAcl, foundation);
    const apiKeys = hasApiKeys(declared) ? new ApiKeys(stack, 'ApiKeys', { ...inside(foundation.network), environmentName: this.environment.name, domain: declared, key }) : undefined;
    const storedTrustStore = this.storedTrustStore(stack, declared, foundation);
    const { function: authorizer } = new TrustTokenAuthorizer(stack, 'Authorizer', {
      ...inside(foundation.network),
      environment: this.environment,
      domain: declared,
      groups: this.props.groups,
      trustIssuer: foundation.trustIssuer,
      signingKey: foundation.signingKey,
      apiKeys: apiKeys?.secrets,
      storedTrustStore,
      key,
    });
    const endpoint = this.endpoint(stack, declared, foundation.network, storedTrustStore);
    const surroundings = {
      endpoint: endpoint.restApiEndpoint,
      webAclArn: webAcl.webAclArn,
      logKey: key,
      accessLog: new LogGroup(stack, 'AccessLog', { encryptionKey: key, retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN }),
      clientCertificateId: new CfnClientCertificate(stack, 'ClientCertificate', { description: `Shown to backends by the ${declared.exposure} gateway of ${this.environment.name}` }).ref,
    };
    const domain = { name: declared.exposure, stack, declared, endpoint, webAcl, webAclMetricName: webAcl.metricName, decoyBlock, authorizer, apiKeyRotationName: apiKeys?.rotationName, countsRequests: rateLimits(declared, this.props.groups) !== undefined, certificateArn: endpoint.certificateArn, consumers: declared.consumers, honeypots: declared.honeypots, trustStore: declared.mutualTls ? this.environment.partnerTrustStore : undefined, surroundings };
    this.root(domain, foundation);
    return domain;
  }

  private decoyBlock(stack: Stack, domain: SecurityDomain, { log, _blockedSets: sets }: WebAclForDomain, { key, network }: Foundation): IFunction | undefined {
    const blockFor = domain.honeypots?.blockFor;
    if (blockFor === undefined || sets === undefined) return undefined;
    return new DecoyBlock(stack, 'DecoyBlock', { ...inside(network), domain, blockFor, sets, webAclLog: log, ownAddresses: network.egressAddresses, key: key.key }).function;
  }

  /** Private CAs are read at deployment; a trust store of files alone is published with the template. */
  private storedTrustStore(stack: Stack, { mutualTls }: SecurityDomain, { key, network }: Foundation): TrustStoreVersion | undefined {
    const { name: environmentName, partnerTrustStore: trustStore } = this.environment;
    return mutualTls && trustStore !== undefined && trustStore.privateAuthorities.length > 0 ? new StoredTrustStore(stack, 'TrustStore', { ...inside(network), environmentName, trustStore, key: key.key }).version : undefined;
  }

  private endpoint(stack: Stack, { exposure, mutualTls, subdomain }: SecurityDomain, { vpc, gatewayEndpoint }: EnvironmentNetwork, storedTrustStore: TrustStoreVersion | undefined): IDomainEndpoint {
    const { domainName, hostedZoneId, partnerTrustStore } = this.environment;
    const props = { domainName: `${subdomain}.${domainName}`, hostedZoneId };
    return exposure === Exposure.INTERNAL
      ? new PrivateEndpoint(stack, 'Endpoint', { ...props, vpc, vpcEndpoint: gatewayEndpoint })
      : new RegionalEndpoint(stack, 'Endpoint', { ...props, trustStore: mutualTls ? partnerTrustStore : undefined, storedTrustStore });
  }

  /** Answers whatever no service is mapped to; in one domain it also serves the public keys. */
  private root({ stack, declared, endpoint, authorizer, surroundings }: Domain, { key, network, signingKey, trustIssuer, target }: Foundation): void {
    const servesKeys = trustIssuer === `https://${endpoint.domainName}`;
    const honeypots = honeypotPaths(declared, this.props.groups);
    const keys = servesKeys ? new PublishedKeysFunction(stack, 'PublishedKeys', { ...inside(network), signingKey, key: key.key }) : undefined;
    const api = new SecuredRestApi(stack, 'Root', {
      ...surroundings,
      body: domainRootBody(`${declared.exposure} domain of ${this.environment.name}`, target, { servesKeys, takesProofs: declared.takesProofs, honeypots }),
      api: ROOT_API,
      rateLimit: 100,
      burstLimit: 100,
      functions: {
        ...(keys && { [PUBLISHED_KEYS_STAGE_VARIABLE]: { function: keys.function, source: '*/GET/.well-known/jwks.json' } }),
        ...(honeypots.length > 0 && { [AUTHORIZER_STAGE_VARIABLE]: { function: authorizer, source: 'authorizers/*' } }),
      },
    });
    endpoint.mapApi(stack, 'RootMapping', api.restApiId, STAGE_NAME, '').node.addDependency(api, endpoint);
  }

  private expose({ declared, endpoint, webAcl, authorizer, surroundings }: Domain, exposed: ExposedService, target: IntegrationTarget): void {
    const { group, service } = exposed;
    const stack = this.stack(`${pascal(declared.exposure)}${pascal(service.name)}`, `API service ${service.name} in the ${declared.exposure} domain`, serviceTags(exposed));
    const stages = partitions(service).map((partition) => {
      const id = partition.api.replaceAll('/', '-');
      const api = new SecuredRestApi(stack, id, {
        ...surroundings,
        body: restApiBody({ title: `${service.name} in the ${declared.exposure} domain of ${this.environment.name}`, service, partition, target, domainMediaTypes: webAcl.mediaTypes, takesProofs: declared.takesProofs, counted: group.plan.consumerLimit !== undefined, bodyLimits: bodyLimits(group, service), notEnforced: [...uninspectedBodies(exposed), ...unverifiedSignatures(exposed)] }),
        api: partition.api,
        rateLimit: group.plan.rate.requestsPerSecond,
        burstLimit: group.plan.burst,
        functions: { [AUTHORIZER_STAGE_VARIABLE]: { function: authorizer, source: 'authorizers/*' } },
        backendFunctionName: service.backend.functionName,
      });
      endpoint.mapApi(stack, `${id}-mapping`, api.restApiId, STAGE_NAME, partition.api).node.addDependency(api);
      return api;
    });
    new ConsumerPlan(stack, 'Consumers', { domain: declared, exposed, stages });
    if (service.backend.functionName !== undefined) this.functionBackedStacks.push(stack);
  }

  private stack(id: string, description: string, tags: { readonly [key: string]: string } = {}): EnvironmentStack {
    const { name, account, region, isProduction } = this.environment;
    return new EnvironmentStack(this, id, { account, region, description: `${description} (${name})`, terminationProtection: isProduction, tags: { Environment: name, ...tags } });
  }
}

function inside({ vpc, functionSecurityGroup }: EnvironmentNetwork): Pick<EnvironmentNetwork, 'vpc'> & { securityGroup: EnvironmentNetwork['functionSecurityGroup'] } {
  return { vpc, securityGroup: functionSecurityGroup };
}

function keyServer(domains: readonly SecurityDomain[]): SecurityDomain | undefined {
  return KEY_SERVING_ORDER.map((exposure) => domains.find((domain) => domain.exposure === exposure)).find((domain) => domain !== undefined);
}

function hostName(domain: SecurityDomain | undefined, { domainName }: Environment): string {
  return `${domain?.subdomain ?? 'internal'}.${domainName}`;
}

function pascal(name: string): string {
  return name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
