import { RemovalPolicy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { PROBLEMS } from '../contract/problem';
import { WEB_ACL_CAPACITY } from '../contract/web-acl-capacity';
import { ApiGroup } from '../declaration/api-group';
import { exposedServices } from '../declaration/exposed-service';
import { SecurityDomain } from '../declaration/security-domain';
import { demand } from '../private/refusal';
import { AddressSets } from './address-sets';
import { capacityOf } from './capacity';
import { checkCountingPeriod } from './counting-period';
import { exceptedRules, exceptionRules } from './managed-rule-exceptions';
import { antiDdosGroup, managedRuleGroups } from './managed-rule-groups';
import { rateRules } from './rate-rules';
import { requestRules } from './request-rules';
import { sourceRules } from './source-rules';
import { responseBodies, ruleProperty, WebAclRule } from './web-acl-rule';
import { trafficOf, WebAclTraffic } from './web-acl-traffic';

/** Header names whose values must never reach a log. */
const REDACTED_HEADERS = ['authorization', 'cookie', 'dpop', 'txn-token', 'x-api-key', 'x-protective-marking'];

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

  public constructor(scope: Construct, id: string, props: WebAclForDomainProps) {
    super(scope, id);
    const traffic = trafficOf(props.domain, props.groups);
    const { capacityBudget, managedRules } = props.domain.webAcl;
    checkCountingPeriod(this, managedRules);
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
    this.log(props, traffic.sensitive);
  }

  /** A rule may look at the labels of rules before it only. */
  private rules({ domain: { exposure, webAcl }, groups, domain }: WebAclForDomainProps, traffic: WebAclTraffic): WebAclRule[] {
    const exposed = exposedServices(domain, groups);
    const services = exposed.map(({ service }) => service);
    const addressSets = new AddressSets(this, 'Addresses');
    const counted = webAcl.managedRules.countedUntil !== undefined;
    return [
      ...antiDdosGroup(webAcl.antiDdos, counted),
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
  private log({ key, logName, domain }: WebAclForDomainProps, sensitive: boolean): void {
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
  }
}
