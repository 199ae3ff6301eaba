import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ITopic, Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** A security domain as the alarms see it. */
export interface WatchedDomain {
  /** `public`, `partner` or `internal`. */
  readonly name: string;
  readonly webAclMetricName: string;
  readonly authorizer: IFunction;
}

/** Properties of `SecurityAlarms`. */
export interface SecurityAlarmsProps {
  readonly environmentName: string;
  readonly domains: WatchedDomain[];
  readonly keyRotation: IFunction;
  /** Encrypts the topic. */
  readonly key: IKey;
  /** @default - nobody is notified yet */
  readonly emails?: string[];
}

/** An alarm that means something, and the heading of the runbook that says what to do. */
interface AlarmMeaning {
  readonly id: string;
  readonly meaning: string;
  readonly metric: Metric;
  readonly threshold: number;
}

/** The first alarms of an environment. Every alarm has a heading of its own name in the runbook. */
export class SecurityAlarms extends Construct {
  public readonly topic: ITopic;

  public constructor(scope: Construct, id: string, props: SecurityAlarmsProps) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', { masterKey: props.key, enforceSSL: true });
    this.topic = topic;
    (props.emails ?? []).forEach((endpoint, index) => new Subscription(this, `Email${index}`, { topic, protocol: SubscriptionProtocol.EMAIL, endpoint }));
    for (const { id: alarmId, meaning, metric, threshold } of [...environmentAlarms(props), ...props.domains.flatMap((domain) => this.domainAlarms(props.environmentName, domain))]) {
      new Alarm(this, alarmId, {
        alarmDescription: `${meaning} Runbook: ${alarmId}.`,
        metric,
        threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }).addAlarmAction(new SnsAction(topic));
    }
  }

  private domainAlarms(environmentName: string, { name, webAclMetricName, authorizer }: WatchedDomain): AlarmMeaning[] {
    const prefix = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const refusals = (reason: string): Metric => new Metric({ namespace: 'ApiSecurity', metricName: 'Refusals', dimensionsMap: { Environment: environmentName, SecurityDomain: name, Reason: reason }, statistic: 'Sum', period: Duration.minutes(5), unit: Unit.COUNT });
    const blocked = new Metric({ namespace: 'AWS/WAFV2', metricName: 'BlockedRequests', dimensionsMap: { WebACL: webAclMetricName, Region: Stack.of(this).region, Rule: 'ALL' }, statistic: 'Sum', period: Duration.minutes(5) });
    return [
      { id: `${prefix}ForgedTrustToken`, meaning: `A caller of the ${name} domain brought a trust token of its own.`, metric: refusals('trust_token_forged'), threshold: 1 },
      { id: `${prefix}InvalidSignatureSurge`, meaning: `Many access tokens with invalid signatures in the ${name} domain.`, metric: refusals('signature_invalid'), threshold: 20 },
      { id: `${prefix}ScopeRefusalSurge`, meaning: `Many callers of the ${name} domain lack the scope they try to use.`, metric: refusals('scope_insufficient'), threshold: 50 },
      { id: `${prefix}DependencyFailed`, meaning: `The authorizer of the ${name} domain cannot reach keys; callers are refused.`, metric: refusals('dependency_failed'), threshold: 1 },
      { id: `${prefix}WebAclBlockSurge`, meaning: `The web ACL of the ${name} domain blocks far more than usual.`, metric: blocked, threshold: 1000 },
      { id: `${prefix}AuthorizerErrors`, meaning: `The authorizer of the ${name} domain fails; callers are refused.`, metric: authorizer.metricErrors({ period: Duration.minutes(5) }), threshold: 5 },
      { id: `${prefix}AuthorizerThrottles`, meaning: `The authorizer of the ${name} domain is throttled; callers are refused.`, metric: authorizer.metricThrottles({ period: Duration.minutes(5) }), threshold: 1 },
    ];
  }
}

function environmentAlarms({ keyRotation }: SecurityAlarmsProps): AlarmMeaning[] {
  return [{ id: 'KeyRotationFailed', meaning: 'The signing key of the trust tokens was not rotated.', metric: keyRotation.metricErrors({ period: Duration.minutes(5) }), threshold: 1 }];
}
