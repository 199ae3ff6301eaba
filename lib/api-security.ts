import { RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { CfnClientCertificate } from 'aws-cdk-lib/aws-apigateway';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { RECORDED_EXCEPTION } from './contract/recorded-exception';
import { ApiGroup } from './declaration/api-group';
import { ApiSecurityProps, checkDeclaration, domainsOf } from './declaration/api-security-props';
import { ApiService } from './declaration/api-service';
import { Environment } from './declaration/environment';
import { Exposure } from './declaration/exposure';
import { recordedExceptions } from './declaration/recorded-exceptions';
import { recordedReason } from './declaration/recorded-reason';
import { SecurityDomain } from './declaration/security-domain';
import { GatewayAccount } from './detect/gateway-account';
import { LogArchive } from './detect/log-archive';
import { SecurityAlarms, WatchedDomain } from './detect/security-alarms';
import { IDomainEndpoint } from './edge/domain-endpoint';
import { onlyThrough } from './edge/private-access-policy';
import { PrivateEndpoint } from './edge/private-endpoint';
import { RegionalEndpoint, TLS_1_2_OR_NEWER, TLS_1_3_ONLY } from './edge/regional-endpoint';
import { WebAclForDomain } from './edge/web-acl-for-domain';
import { RulePacks } from './evidence/rule-packs';
import { domainRootBody, PUBLISHED_KEYS_STAGE_VARIABLE } from './gateway/domain-root';
import { IntegrationTarget } from './gateway/integration';
import { operationPolicies } from './gateway/operation-policies';
import { partitions } from './gateway/partition';
import { AUTHORIZER_STAGE_VARIABLE, restApiBody } from './gateway/rest-api-body';
import { RestApiEndpoint, RestApiSurroundings, SecuredRestApi, STAGE_NAME } from './gateway/secured-rest-api';
import { EnvironmentNetwork } from './network/environment-network';
import { EnvironmentStack } from './private/environment-stack';
import { partitionOf } from './private/region-partition';
import { EnvironmentKey } from './trust/environment-key';
import { PublishedKeysFunction } from './trust/published-keys-function';
import { SigningKey } from './trust/signing-key';
import { TrustTokenAuthorizer } from './trust/trust-token-authorizer';

/** The domain that serves the public keys: the one closest to the services that need them. */
const KEY_SERVING_ORDER = [Exposure.INTERNAL, Exposure.PUBLIC, Exposure.PARTNER];

/**
 * Stamps a complete API security pattern, once per environment.
 *
 * Every environment becomes a stage beside this construct, named as the environment: `cdk deploy 'Production/*'`
 * deploys one. The rule packs are applied to the whole app: a finding that nobody acknowledged fails the synthesis.
 */
export class ApiSecurity extends Construct {
  /** The environments, in the order of their declaration. */
  public readonly environments: EnvironmentStage[];

  public constructor(scope: Construct, id: string, props: ApiSecurityProps) {
    super(scope, id);
    checkDeclaration(props);
    const { environments, rulePacksOmittedBecause: reason, ...shared } = props;
    this.environments = environments.map((environment) => new EnvironmentStage(scope, environment.name, { ...shared, environment, rulePacksOmittedBecause: reason && recordedReason(reason) }));
  }
}

/** Properties of `EnvironmentStage`. */
export interface EnvironmentStageProps {
  readonly environment: Environment;
  readonly securityDomains: SecurityDomain[];
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
  readonly signingKey: SigningKey;
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
export class EnvironmentStage extends Stage {
  public readonly environment: Environment;
  public readonly network: EnvironmentNetwork;
  /** Encrypts whatever lies in the environment: secrets, logs, archive. */
  public readonly key: IKey;
  /** `iss` of the environment's trust tokens, and the URL under which their public keys are served. */
  public readonly trustIssuer: string;
  private readonly props: EnvironmentStageProps;
  private readonly functionBackedStacks: Stack[] = [];

  public constructor(scope: Construct, id: string, props: EnvironmentStageProps) {
    super(scope, id, { env: { account: props.environment.account, region: props.environment.region } });
    checkDeclaration({ ...props, environments: [props.environment] });
    if (props.rulePacksOmittedBecause === undefined) RulePacks.applyTo(this);
    this.environment = props.environment;
    this.props = props;
    const exposed = props.securityDomains.filter((domain) => this.servicesOf(domain).length > 0);
    const foundation = this.foundation(exposed);
    this.network = foundation.network;
    this.key = foundation.key.key;
    this.trustIssuer = foundation.trustIssuer;
    const domains = exposed.map((domain) => this.domain(domain, foundation));
    for (const domain of domains) {
      for (const { group, service } of this.servicesOf(domain.declared)) this.expose(domain, group, service, foundation.target);
    }
    new SecurityAlarms(this.stack('Alarms', 'Alarms that mean something, and the topic they go to'), 'Alarms', {
      environmentName: this.environment.name,
      domains,
      keyRotation: foundation.signingKey.rotation,
      key: foundation.key.key,
      emails: this.environment.alarmEmails,
    });
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
    });
    const signingKey = new SigningKey(this.stack('Trust', 'Signing key of the trust tokens and its rotation'), 'SigningKey', { ...inside(network), key: key.key });
    const target = { partition: partitionOf(environment.region), region: environment.region, account: environment.account, domainName: environment.domainName };
    return { key, archive, network, signingKey, trustIssuer: `https://${hostName(keyServer(domains), environment)}`, target };
  }

  private domain(declared: SecurityDomain, foundation: Foundation): Domain {
    const name = pascal(declared.exposure);
    const stack = this.stack(name, `Endpoint, web ACL and authorizer of the ${declared.exposure} domain`);
    const { key } = foundation.key;
    const webAcl = new WebAclForDomain(stack, 'WebAcl', { domain: declared, groups: this.props.groups, key, logName: `${this.environment.name}-${declared.exposure}`.toLowerCase() });
    const { function: authorizer } = new TrustTokenAuthorizer(stack, 'Authorizer', {
      ...inside(foundation.network),
      environment: this.environment,
      domain: declared,
      groups: this.props.groups,
      operations: operationPolicies(declared, this.props.groups),
      trustIssuer: foundation.trustIssuer,
      signingKey: foundation.signingKey.privateKey,
      key,
    });
    const surroundings = {
      endpoint: restApiEndpoint(declared, foundation.network),
      webAclArn: webAcl.webAclArn,
      accessLog: new LogGroup(stack, 'AccessLog', { encryptionKey: key, retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN }),
      clientCertificateId: new CfnClientCertificate(stack, 'ClientCertificate', { description: `Shown to backends by the ${declared.exposure} gateway of ${this.environment.name}` }).ref,
    };
    const domain = { name: declared.exposure, stack, declared, endpoint: this.endpoint(stack, declared, foundation.network), webAcl, webAclMetricName: webAcl.metricName, authorizer, surroundings };
    this.root(domain, foundation);
    return domain;
  }

  private endpoint(stack: Stack, { exposure, mutualTls, subdomain }: SecurityDomain, { vpc, gatewayEndpoint }: EnvironmentNetwork): IDomainEndpoint {
    const { domainName, hostedZoneId, partnerTrustStore } = this.environment;
    const props = { domainName: `${subdomain}.${domainName}`, hostedZoneId };
    return exposure === Exposure.INTERNAL
      ? new PrivateEndpoint(stack, 'Endpoint', { ...props, vpc, vpcEndpoint: gatewayEndpoint })
      : new RegionalEndpoint(stack, 'Endpoint', { ...props, trustStore: mutualTls ? partnerTrustStore : undefined });
  }

  /** Answers whatever no service is mapped to; in one domain it also serves the public keys. */
  private root({ stack, declared, endpoint, surroundings }: Domain, { key, network, signingKey, trustIssuer, target }: Foundation): void {
    const servesKeys = trustIssuer === `https://${endpoint.domainName}`;
    const keys = servesKeys ? new PublishedKeysFunction(stack, 'PublishedKeys', { ...inside(network), publishedKeys: signingKey.publishedKeys, key: key.key }) : undefined;
    const api = new SecuredRestApi(stack, 'Root', {
      ...surroundings,
      body: domainRootBody(`${declared.exposure} domain of ${this.environment.name}`, target, servesKeys),
      api: 'root',
      rateLimit: 100,
      burstLimit: 100,
      functions: keys === undefined ? {} : { [PUBLISHED_KEYS_STAGE_VARIABLE]: { function: keys.function, source: '*/GET/.well-known/jwks.json' } },
    });
    endpoint.mapApi(stack, 'RootMapping', api.restApiId, STAGE_NAME, '').node.addDependency(api, endpoint);
  }

  private expose({ declared, endpoint, webAcl, authorizer, surroundings }: Domain, group: ApiGroup, service: ApiService, target: IntegrationTarget): void {
    const stack = this.stack(`${pascal(declared.exposure)}${pascal(service.name)}`, `API service ${service.name} in the ${declared.exposure} domain`, tagsOf(group, service));
    for (const partition of partitions(service)) {
      const id = pascal(partition.api.replaceAll('/', '-'));
      const api = new SecuredRestApi(stack, id, {
        ...surroundings,
        body: restApiBody({ title: `${service.name} in the ${declared.exposure} domain of ${this.environment.name}`, service, partition, target, domainMediaTypes: webAcl.mediaTypes }),
        api: partition.api,
        rateLimit: group.plan.rate.requestsPerSecond,
        burstLimit: group.plan.burst,
        functions: { [AUTHORIZER_STAGE_VARIABLE]: { function: authorizer, source: 'authorizers/*' } },
        backendFunctionName: service.backend.functionName,
      });
      endpoint.mapApi(stack, `${id}Mapping`, api.restApiId, STAGE_NAME, partition.api).node.addDependency(api);
    }
    if (service.backend.functionName !== undefined) this.functionBackedStacks.push(stack);
  }

  private servicesOf(domain: SecurityDomain): { group: ApiGroup; service: ApiService }[] {
    return this.props.groups.flatMap((group) => group.services
      .filter((service) => domainsOf(service, [domain]).length > 0)
      .map((service) => ({ group, service })));
  }

  private stack(id: string, description: string, tags: { readonly [key: string]: string } = {}): EnvironmentStack {
    const { name, account, region, isProduction } = this.environment;
    return new EnvironmentStack(this, id, { account, region, description: `${description} (${name})`, terminationProtection: isProduction, tags: { Environment: name, ...tags } });
  }
}

function inside({ vpc, functionSecurityGroup }: EnvironmentNetwork): Pick<EnvironmentNetwork, 'vpc'> & { securityGroup: EnvironmentNetwork['functionSecurityGroup'] } {
  return { vpc, securityGroup: functionSecurityGroup };
}

/** A private API has one way in; a domain with mutual TLS cannot have the TLS 1.3 policy, and its APIs follow it. */
function restApiEndpoint({ exposure, mutualTls }: SecurityDomain, { gatewayEndpoint }: EnvironmentNetwork): RestApiEndpoint {
  if (exposure === Exposure.INTERNAL) {
    return { type: 'PRIVATE', securityPolicy: TLS_1_2_OR_NEWER, vpcEndpointIds: [gatewayEndpoint.vpcEndpointId], policy: onlyThrough(gatewayEndpoint.vpcEndpointId) };
  }
  return mutualTls ? { type: 'REGIONAL', securityPolicy: TLS_1_2_OR_NEWER } : { type: 'REGIONAL', securityPolicy: TLS_1_3_ONLY, accessMode: 'STRICT' };
}

function keyServer(domains: readonly SecurityDomain[]): SecurityDomain | undefined {
  return KEY_SERVING_ORDER.map((exposure) => domains.find((domain) => domain.exposure === exposure)).find((domain) => domain !== undefined);
}

function hostName(domain: SecurityDomain | undefined, { domainName }: Environment): string {
  return `${domain?.subdomain ?? 'internal'}.${domainName}`;
}

/** What a reviewer wants to know of a service, on every resource of it. */
function tagsOf(group: ApiGroup, service: ApiService): { [key: string]: string } {
  return {
    ApiGroup: group.name,
    ApiService: service.name,
    ApprovedExposure: service.approvedExposure.join(' '),
    Classification: service.classification.marking,
    DataSensitivity: service.dataSensitivity,
    Owner: service.owner,
  };
}

function pascal(name: string): string {
  return name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
