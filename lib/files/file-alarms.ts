import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IMetric, Metric, TreatMissingData, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AUDIT_METRIC } from '../contract/audit-record';
import { FILE_METRIC_DIMENSION, FILE_QUARANTINE_METRICS, FileQuarantineReason } from '../contract/file-record';

/** Properties of `FileAlarms`. */
export interface FileAlarmsProps {
  readonly service: string;
  /** Events that the release gave up. */
  readonly failures: IQueue;
  readonly topic: ITopic;
}

const PERIOD = Duration.minutes(5);

/** The alarms of a service's files, each named after the heading of `docs/runbook.md` that says what to do. */
export class FileAlarms extends Construct {
  public constructor(scope: Construct, id: string, private readonly props: FileAlarmsProps) {
    super(scope, id);
    const { service, failures } = props;
    const stuck = failures.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: 'Maximum' });
    this.alarm('MalwareFound', `A file that was uploaded to ${service} holds malware.`, this.count('malware_found'), 1);
    this.alarm('FileScanFailed', `A file that was uploaded to ${service} could not be scanned and stays in quarantine.`, this.count('scan_failed'), 1);
    this.alarm('FileRefusedSurge', `Many files that were uploaded to ${service} are not what they were declared to be.`, this.count('content_mismatch'), 20);
    this.alarm('FileReleaseFailed', `A file that was uploaded to ${service} was scanned, and its release failed.`, stuck, 1);
  }

  private count(reason: FileQuarantineReason): IMetric {
    return new Metric({
      namespace: AUDIT_METRIC.namespace, metricName: FILE_QUARANTINE_METRICS[reason], dimensionsMap: { [FILE_METRIC_DIMENSION]: this.props.service },
      statistic: 'Sum', period: PERIOD, unit: Unit.COUNT,
    });
  }

  private alarm(runbook: string, meaning: string, metric: IMetric, threshold: number): void {
    new Alarm(this, runbook, {
      alarmDescription: `${meaning} Runbook: ${runbook}.`,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(this.props.topic));
  }
}
