import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ITopic, Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { AUDIT_METRIC, RefusalReason } from '../contract/audit-record';
import { DECOY_RULES } from '../contract/honeypot';
import { Honeypots } from '../declaration/honeypots';
import { Consumer } from '../declaration/consumer';
import { TrustStore } from '../declaration/trust-store';
import { acknowledge } from '../private/acknowledged-rules';
import { clientCertificateExpiries, EXPIRY_NOTICE_DAYS, privateAuthorityMetrics, serverCertificateExpiry, trustStoreExpiries } from './certificate-expiry';
import { Measure, Statistic, watched } from './measure';

/** A security domain as the alarms see it. */
export interface WatchedDomain {
  /** `public`, `partner` or `internal`. */
  readonly name: string;
  /** `WebACL` dimension of the metrics of its web ACL. */
  readonly webAclMetricName: string;
  /** Its authorizer, whose failures refuse every caller. */
  readonly authorizer: IFunction;
  /** Certificate of its host name. */
  readonly certificateArn: string;
  /**
   * Authorities of its callers.
   *
   * @default - its callers show no certificates
   */
  readonly trustStore?: TrustStore;
  /** Who may call. */
  readonly consumers: Consumer[];
  /**
   * Paths and credentials that nobody has an honest reason to use.
   *
   * @default - none
   */
  readonly honeypots?: Honeypots;
  /**
   * Blocks the addresses of callers who used one.
   *
   * @default - none is blocked
   */
  readonly decoyBlock?: IFunction;
  /**
   * Name of the function that rotates the API keys of its consumers, as text: it goes with the last key.
   *
   * @default - no consumer of the domain has one
   */
  readonly apiKeyRotationName?: string;
  /**
   * Whether requests of consumers are counted, each against a limit.
   *
   * @default false
   */
  readonly countsRequests?: boolean;
}

/** Properties of `SecurityAlarms`. */
export interface SecurityAlarmsProps {
  /** Name of the environment, a dimension of its audit metrics. */
  readonly environmentName: string;
  /** Security domains to watch, each with alarms of its own. */
  readonly domains: WatchedDomain[];
  /**
   * Function that rotates the signing key.
   *
   * @default - none: KMS signs, and its failures are watched instead
   */
  readonly keyRotation?: IFunction;
  /** Encrypts the topic. */
  readonly key: IKey;
  /**
   * E-mail addresses that receive every alarm, once each has confirmed its subscription.
   *
   * @default - nobody is notified yet
   */
  readonly emails?: string[];
}

/** An alarm that means something. */
interface AlarmMeaning {
  /** Heading of the runbook that says what to do, whichever domain it is about. */
  readonly runbook: string;
  /** Alarm id, where several alarms share a heading. */
  readonly id?: string;
  readonly meaning: string;
  readonly metric: Measure;
  readonly threshold: number;
  /** Days left: fewer are worse, and a certificate that has ended publishes none. */
  readonly countsDown?: boolean;
  /** Whoever publishes the metric has stopped where none comes. */
  readonly missingIsFailure?: boolean;
}

/** Milliseconds; the authorizer is ended after ten seconds. */
const ALMOST_TIMED_OUT = 9500;

/** The alarms of an environment. Every alarm names the heading of `docs/runbook.md` that says what to do. */
export class SecurityAlarms extends Construct {
  /** Every alarm is published here, encrypted; subscribe a pager or a chat to it. */
  public readonly topic: ITopic;

  public constructor(scope: Construct, id: string, props: SecurityAlarmsProps) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', { masterKey: props.key, enforceSSL: true });
    this.topic = topic;
    this.admitAlarms(topic);
    (props.emails ?? []).forEach((endpoint, index) => this.email(`Email${index}`, endpoint));
    for (const alarm of environmentAlarms(props)) this.alarm('', alarm);
    for (const domain of props.domains) {
      for (const alarm of this.domainAlarms(props, domain)) this.alarm(`${domain.name.charAt(0).toUpperCase()}${domain.name.slice(1)}`, alarm);
    }
  }

  /** A topic policy of its own takes the place of the default one, which let the account's alarms publish. */
  private admitAlarms(topic: Topic): void {
    const { account } = Stack.of(this);
    topic.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        ArnLike: { 'aws:SourceArn': Stack.of(this).formatArn({ service: 'cloudwatch', resource: 'alarm', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME }) },
        StringEquals: { 'aws:SourceAccount': account },
      },
    }));
  }

  private email(id: string, endpoint: string): void {
    const subscription = new Subscription(this, id, { topic: this.topic, protocol: SubscriptionProtocol.EMAIL, endpoint });
    acknowledge(subscription, { 'Serverless-SNSRedrivePolicy': 'An e-mail that cannot be delivered has no other reader: the alarm itself stays in ALARM for everybody to see, and a queue of undelivered copies would be read by nobody.' });
  }

  private alarm(domain: string, { runbook, id = runbook, meaning, metric, threshold, countsDown = false, missingIsFailure = false }: AlarmMeaning): void {
    // `Alarm` makes the same resource and is ten modules more to load.
    new CfnAlarm(new Construct(this, `${domain}${id}`), 'Resource', {
      alarmDescription: `${meaning} Runbook: ${runbook}.`,
      ...watched(metric),
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: countsDown ? 'LessThanOrEqualToThreshold' : 'GreaterThanOrEqualToThreshold',
      treatMissingData: missingIsFailure ? 'breaching' : countsDown ? 'ignore' : 'notBreaching',
      alarmActions: [this.topic.topicArn],
    });
  }

  private domainAlarms({ environmentName, keyRotation }: SecurityAlarmsProps, { name, webAclMetricName, authorizer, honeypots, decoyBlock, apiKeyRotationName, countsRequests, certificateArn, trustStore, consumers }: WatchedDomain): AlarmMeaning[] {
    const { dimensions } = AUDIT_METRIC;
    const refusals = (reason: RefusalReason, period = Duration.minutes(5)): Statistic => ({ namespace: AUDIT_METRIC.namespace, metricName: AUDIT_METRIC.refusals, dimensions: { [dimensions.environment]: environmentName, [dimensions.securityDomain]: name, [dimensions.reason]: reason }, statistic: 'Sum', period, unit: 'Count' });
    const failures = (dependency: string): Statistic => ({ namespace: AUDIT_METRIC.namespace, metricName: AUDIT_METRIC.dependencyFailures, dimensions: { [dimensions.environment]: environmentName, [dimensions.securityDomain]: name, [dimensions.dependency]: dependency }, statistic: 'Sum', period: Duration.minutes(5), unit: 'Count' });
    const blocked = (rule: string): Statistic => ({ namespace: 'AWS/WAFV2', metricName: 'BlockedRequests', dimensions: { WebACL: webAclMetricName, Region: Stack.of(this).region, Rule: rule }, statistic: 'Sum', period: Duration.minutes(5) });
    // What counts is at once a hit: a minute is the shortest that the platform's metrics are.
    const counted = (rule: string): Statistic => ({ namespace: 'AWS/WAFV2', metricName: 'CountedRequests', dimensions: { WebACL: webAclMetricName, Region: Stack.of(this).region, Rule: rule }, statistic: 'Sum', period: Duration.minutes(1) });
    return [
      ...(honeypots === undefined ? [] : [{ runbook: 'HoneypotHit', meaning: `Somebody called a path of the ${name} domain that no API has.`, metric: counted(DECOY_RULES.honeypot), threshold: 1 }]),
      ...((honeypots?.canaryApiKeys.length ?? 0) === 0 ? [] : [{ runbook: 'CanaryUsed', id: 'CanaryApiKeyUsed', meaning: `Somebody presented an API key in the ${name} domain that no consumer has.`, metric: counted(DECOY_RULES.canary), threshold: 1 }]),
      ...((honeypots?.canaryClients.length ?? 0) === 0 ? [] : [{ runbook: 'CanaryUsed', id: 'CanaryClientUsed', meaning: `Somebody presented a token in the ${name} domain for a client that nobody uses.`, metric: refusals('canary_presented', Duration.minutes(1)), threshold: 1 }]),
      ...(decoyBlock === undefined ? [] : [{ runbook: 'DecoyBlockFailed', meaning: `Addresses in the ${name} domain cannot be blocked, or not be let in again.`, metric: ofFunction(decoyBlock.functionName, 'Errors'), threshold: 3 }]),
      { runbook: 'ForgedTrustToken', meaning: `A caller of the ${name} domain brought a trust token of its own.`, metric: refusals('trust_token_forged'), threshold: 1 },
      // The web ACL stops a forged token first, so the authorizer sees one only where the web ACL fails to.
      { runbook: 'ForgedTrustToken', id: 'ForgedTrustTokenAtEdge', meaning: `The web ACL of the ${name} domain blocked a caller that brought a trust token of its own.`, metric: blocked('ForgedTrustToken'), threshold: 1 },
      { runbook: 'InvalidSignatureSurge', meaning: `Many access tokens with invalid signatures in the ${name} domain.`, metric: refusals('signature_invalid'), threshold: 20 },
      { runbook: 'ScopeRefusalSurge', meaning: `Many callers of the ${name} domain lack the scope they try to use.`, metric: refusals('scope_insufficient'), threshold: 50 },
      { runbook: 'SubjectMismatchSurge', meaning: `Clients of the ${name} domain present tokens about subjects that are not theirs.`, metric: refusals('subject_mismatch'), threshold: 5 },
      { runbook: 'ProofReplaySurge', meaning: `Proofs of possession are sent a second time in the ${name} domain.`, metric: refusals('proof_replayed'), threshold: 5 },
      { runbook: 'DependencyFailed', meaning: `The authorizer of the ${name} domain cannot reach keys; callers are refused.`, metric: refusals('dependency_failed'), threshold: 1 },
      { runbook: 'WebAclBlockSurge', meaning: `The web ACL of the ${name} domain blocks far more than usual.`, metric: blocked('ALL'), threshold: 1000 },
      { runbook: 'AuthorizerErrors', meaning: `The authorizer of the ${name} domain fails; callers are refused.`, metric: refusals('internal_error'), threshold: 1 },
      { runbook: 'AuthorizerErrors', id: 'AuthorizerTimeouts', meaning: `The authorizer of the ${name} domain takes so long that it is ended; callers are refused.`, metric: { ...ofFunction(authorizer.functionName, 'Duration'), statistic: 'Maximum' }, threshold: ALMOST_TIMED_OUT },
      { runbook: 'UnauthorizedSurge', meaning: `Nearly every caller of the ${name} domain gets 401, or the authorizer does not even start.`, metric: unauthorizedShare(authorizer), threshold: 90 },
      { runbook: 'AuthorizerThrottles', meaning: `The authorizer of the ${name} domain is throttled; callers are refused.`, metric: ofFunction(authorizer.functionName, 'Throttles'), threshold: 1 },
      { runbook: 'ServerCertificateExpiry', meaning: `The certificate of the ${name} host name ends within ${EXPIRY_NOTICE_DAYS} days and was not renewed.`, metric: serverCertificateExpiry(certificateArn), threshold: EXPIRY_NOTICE_DAYS, countsDown: true },
      ...(trustStore === undefined ? [] : trustStoreExpiries(trustStore, certificateArn).map(({ id, what, daysLeft }) => (
        { runbook: 'TrustStoreExpiry', id: `TrustStoreExpiry-${id}`, meaning: `Within ${EXPIRY_NOTICE_DAYS} days no certificate is accepted any more of the ${what}.`, metric: daysLeft, threshold: EXPIRY_NOTICE_DAYS, countsDown: true }))),
      ...(trustStore === undefined ? [] : privateAuthorityMetrics(trustStore, environmentName).flatMap(({ partner, daysLeft, changed }) => [
        { runbook: 'TrustStoreExpiry', id: `TrustStoreExpiry-${partner}-private`, meaning: `Within ${EXPIRY_NOTICE_DAYS} days a stored certificate of a private CA of partner ${partner} ends, or nobody knows, as the CA could not be read for a day.`, metric: daysLeft, threshold: EXPIRY_NOTICE_DAYS, countsDown: true, missingIsFailure: true },
        { runbook: 'TrustStoreChanged', id: `TrustStoreChanged-${partner}`, meaning: `A private CA of partner ${partner} has another certificate or chain than the stored trust store.`, metric: changed, threshold: 1 },
      ])),
      ...clientCertificateExpiries(consumers, certificateArn).map(({ id, what, daysLeft }) => (
        { runbook: 'ClientCertificateExpiry', id: `ClientCertificateExpiry-${id}`, meaning: `Within ${EXPIRY_NOTICE_DAYS} days nobody accepts any more the ${what}.`, metric: daysLeft, threshold: EXPIRY_NOTICE_DAYS, countsDown: true })),
      ...(trustStore?.partners.some((partner) => trustStore.revocationOf(partner)?.urls.length) !== true ? [] : [
        { runbook: 'RevokedCertificateUsed', meaning: `A caller of the ${name} domain showed a certificate that its authority revoked.`, metric: refusals('certificate_revoked'), threshold: 1 },
        { runbook: 'RevocationUnknown', meaning: `No good revocation list of a partner of the ${name} domain is at hand; its callers are refused.`, metric: refusals('revocation_unknown'), threshold: 1 },
        { runbook: 'RevocationUnknown', id: 'RevocationListFailures', meaning: `A revocation list of a partner of the ${name} domain cannot be read, or is not good.`, metric: failures('RevocationLists'), threshold: 3 },
      ]),
      ...(apiKeyRotationName === undefined ? [] : [
        { runbook: 'ApiKeyMismatchSurge', meaning: `Many callers of the ${name} domain bring an API key that is not their client's.`, metric: refusals('api_key_mismatch'), threshold: 20 },
        { runbook: 'ApiKeyRotationFailed', meaning: `An API key of the ${name} domain was not rotated.`, metric: ofFunction(apiKeyRotationName, 'Errors'), threshold: 1 },
      ]),
      ...countsRequests ? [
        { runbook: 'RequestsUncounted', meaning: `Requests in the ${name} domain cannot be counted; they are refused, or let through without their limit where that is declared.`, metric: failures('RateTable'), threshold: 1 },
        { runbook: 'RateLimitSurge', meaning: `Consumers of the ${name} domain go on far above their limits.`, metric: refusals('rate_limit_exceeded'), threshold: 100 },
      ] : [],
      ...keyRotation === undefined ? [{ runbook: 'SigningFailures', meaning: `KMS refuses or delays signatures for the ${name} domain; callers are refused where a second attempt fails too.`, metric: failures('SigningKey'), threshold: 5 }] : [],
    ];
  }
}

/** Percent of calls that end in an error, once there are enough to mean something: to the platform a 401 is an error as well. */
function unauthorizedShare({ functionName }: IFunction): Measure {
  return {
    expression: 'IF(calls >= 50, 100 * errors / calls, 0)',
    label: 'Share of refused calls',
    over: { calls: ofFunction(functionName, 'Invocations'), errors: ofFunction(functionName, 'Errors') },
  };
}

function ofFunction(name: string, metricName: string): Statistic {
  return { namespace: 'AWS/Lambda', metricName, dimensions: { FunctionName: name }, statistic: 'Sum', period: Duration.minutes(5) };
}

function environmentAlarms({ keyRotation }: SecurityAlarmsProps): AlarmMeaning[] {
  return keyRotation === undefined ? [] : [{ runbook: 'KeyRotationFailed', meaning: 'The signing key of the trust tokens was not rotated.', metric: ofFunction(keyRotation.functionName, 'Errors'), threshold: 1 }];
}
