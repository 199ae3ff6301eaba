import { RemovalPolicy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnIPSet, CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { CREDENTIAL_HEADERS } from '../contract/credential-header';
import { WEB_ACL_DECOYS } from '../contract/honeypot';
import { PROBLEMS } from '../contract/problem';
import { MARKING_HEADER } from '../contract/protective-marking';
import { WEB_ACL_CAPACITY } from '../contract/web-acl-capacity';
import { ApiGroup } from '../declaration/api-group';
import { honeypotPaths } from '../declaration/decoys';
import { exposedServices } from '../declaration/exposed-service';
import { SecurityDomain } from '../declaration/security-domain';
import { demand } from '../private/refusal';
import { AddressSets } from './address-sets';
import { capacityOf } from './capacity';
import { checkCountingPeriod } from './counting-period';
import { BlockedSets } from './decoy-block';
import { decoyRules } from './decoy-rules';
import { exceptedRules, exceptionRules } from './managed-rule-exceptions';
import { antiDdosGroup, managedRuleGroups } from './managed-rule-groups';
import { rateRules } from './rate-rules';
import { requestRules } from './request-rules';
import { sourceRules } from './source-rules';
import { responseBodies, ruleProperty, WebAclRule } from './web-acl-rule';
import { trafficOf, WebAclTraffic } from './web-acl-traffic';

/** Header names whose values must never reach a log. */
const REDACTED_HEADERS = [...CREDENTIAL_HEADERS, MARKING_HEADER.toLowerCase()];

/** Properties of `WebAclForDomain`. */
export interface WebAclForDomainProps {
  /** The security domain whose endpoint it protects; its exposure decides the managed rule groups. */
  readonly domain: SecurityDomain;
  /** The groups whose services are exposed in the domain; what they do not declare is refused. */
  readonly groups: ApiGroup[];
  /** Encrypts the log. */
  readonly key: IKey;
  /** Name of the web ACL's log group after the prefix that the platform demands. */
  readonly logName: string;
  /**
   * Canary API keys to look for, as references to their secrets.
   *
   * @default - none
   */
  readonly canaryApiKeys?: string[];
}

/** The web ACL of one security domain: managed rule groups, and what follows from the declared APIs. */
export class WebAclForDomain extends Construct {
  /** ARN with which a stage is associated. */
  public readonly webAclArn: string;
  /** Web ACL capacity units in use, computed from AWS's published units of each statement and managed rule group. */
  public readonly capacity: number;
  /** Content types that it lets through. */
  public readonly mediaTypes: string[];
  /** `WebACL` dimension of its metrics. */
  public readonly metricName: string;
  /** Its log. */
  public readonly log: ILogGroup;
  private readonly blocked?: BlockedSets;

  public constructor(scope: Construct, id: string, props: WebAclForDomainProps) {
    super(scope, id);
    const traffic = trafficOf(props.domain, props.groups);
    const { capacityBudget, managedRules } = props.domain.webAcl;
    checkCountingPeriod(this, managedRules);
    this.blocked = props.domain.honeypots?.blockFor === undefined ? undefined : { ipv4: this.emptySet('BlockedIpv4', 'IPV4'), ipv6: this.emptySet('BlockedIpv6', 'IPV6') };
    const rules = this.rules(props, traffic);
    this.capacity = rules.reduce((sum, { statement }) => sum + capacityOf(statement), 0);
    demand('WEB_ACL_CAPACITY', this.capacity <= capacityBudget.units, () => `${this.capacity} for '${props.domain.exposure}'${capacityBudget.reason === undefined ? '' : `, of ${capacityBudget.units} declared`}`);
    this.mediaTypes = [...traffic.mediaTypes];
    this.metricName = props.logName;
    const webAcl = new CfnWebACL(this, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      rules: rules.map(ruleProperty),
      customResponseBodies: responseBodies(rules),
      associationConfig: { requestBody: { API_GATEWAY: { defaultSizeInspectionLimit: 'KB_64' } } },
      visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: this.metricName, sampledRequestsEnabled: false },
    });
    this.webAclArn = webAcl.attrArn;
    webAcl.addMetadata(WEB_ACL_CAPACITY, { units: this.capacity, budget: capacityBudget.units });
    if (props.domain.honeypots !== undefined) webAcl.addMetadata(WEB_ACL_DECOYS, { honeypots: honeypotPaths(props.domain, props.groups).length, blocks: this.blocked !== undefined });
    this.log = this.logged(props, traffic.sensitive);
  }

  /**
   * The sets of addresses that are blocked for a time, which a handler writes; undefined where nobody is blocked.
   *
   * @internal
   */
  public get _blockedSets(): BlockedSets | undefined {
    return this.blocked;
  }

  private emptySet(id: string, version: 'IPV4' | 'IPV6'): CfnIPSet {
    return new CfnIPSet(this, id, { scope: 'REGIONAL', ipAddressVersion: version, addresses: [], description: 'Addresses that took a decoy, written by the handler of the domain' });
  }

  /** A rule may look at the labels of rules before it only. */
  private rules({ domain: { exposure, webAcl }, groups, domain, canaryApiKeys = [] }: WebAclForDomainProps, traffic: WebAclTraffic): WebAclRule[] {
    const exposed = exposedServices(domain, groups);
    const services = exposed.map(({ service }) => service);
    const addressSets = new AddressSets(this, 'Addresses');
    const counted = webAcl.managedRules.countedUntil !== undefined;
    return [
      ...antiDdosGroup(webAcl.antiDdos, counted),
      ...decoyRules({ paths: honeypotPaths(domain, groups), apiKeys: canaryApiKeys, blockedSets: this.blocked === undefined ? [] : [this.blocked.ipv4.attrArn, this.blocked.ipv6.attrArn] }),
      ...sourceRules(webAcl, services, addressSets),
      ...requestRules(traffic),
      ...rateRules(exposed),
      ...managedRuleGroups(exposure, { counted, excepted: exceptedRules(services) }),
      // Where whole groups count, nothing that they match may be blocked.
      ...(counted ? [] : exceptionRules(services)),
      ...webAcl.customRules.map(({ name, blocks, statement }): WebAclRule => ({ name: `Custom-${name}`, statement: statement._compile(addressSets), refusal: blocks ? PROBLEMS.forbidden : undefined })),
    ];
  }

  /** Account numbers stand in paths: where data is sensitive the path is left to the access log, which has its template. */
  private logged({ key, logName, domain }: WebAclForDomainProps, sensitive: boolean): ILogGroup {
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `aws-waf-logs-${logName}`,
      encryptionKey: key,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAclArn,
      logDestinationConfigs: [logGroup.logGroupArn.replace(/:\*$/, '')],
      redactedFields: [...[...new Set([...REDACTED_HEADERS, ...domain.webAcl.redactedHeaders])].map((name) => ({ singleHeader: { Name: name } })), { queryString: {} }, ...(sensitive ? [{ uriPath: {} }] : [])],
    });
    return logGroup;
  }
}
