import { RemovalPolicy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { ApiGroup } from '../declaration/api-group';
import { SecurityDomain } from '../declaration/security-domain';
import { demand } from '../private/refusal';
import { managedRuleGroups } from './managed-rule-groups';
import { requestRules } from './request-rules';
import { responseBodies, ruleProperty } from './web-acl-rule';
import { trafficOf } from './web-acl-traffic';

/** Most capacity units that a web ACL may use at its base price. */
const MOST_CAPACITY = 1500;

/** Header names whose values must never reach a log. */
const REDACTED_HEADERS = ['authorization', 'cookie', 'dpop', 'txn-token', 'x-api-key'];

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
  /** Web ACL capacity units in use, of 1,500. */
  public readonly capacity: number;
  /** Content types that it lets through. */
  public readonly mediaTypes: string[];
  /** `WebACL` dimension of its metrics. */
  public readonly metricName: string;

  public constructor(scope: Construct, id: string, props: WebAclForDomainProps) {
    super(scope, id);
    const traffic = trafficOf(props.domain, props.groups);
    const rules = [...requestRules(traffic), ...managedRuleGroups(props.domain.exposure)];
    this.capacity = rules.reduce((sum, { capacity }) => sum + capacity, 0);
    demand('WEB_ACL_CAPACITY', this.capacity <= MOST_CAPACITY, () => `${this.capacity} for '${props.domain.exposure}'`);
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
    this.log(props, traffic.sensitive);
  }

  /** Account numbers stand in paths: where data is sensitive the path is left to the access log, which has its template. */
  private log({ key, logName }: WebAclForDomainProps, sensitive: boolean): void {
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `aws-waf-logs-${logName}`,
      encryptionKey: key,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAclArn,
      logDestinationConfigs: [logGroup.logGroupArn.replace(/:\*$/, '')],
      redactedFields: [...REDACTED_HEADERS.map((name) => ({ singleHeader: { Name: name } })), { queryString: {} }, ...(sensitive ? [{ uriPath: {} }] : [])],
    });
  }
}
