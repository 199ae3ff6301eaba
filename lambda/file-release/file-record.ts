import { AUDIT_METRIC } from '../../lib/contract/audit-record';
import { FILE_METRIC_DIMENSION, FILE_QUARANTINE_METRICS, type FileRecord } from '../../lib/contract/file-record';
import type { Outcome } from './release';

/** A record as a JSON line; that of a file in quarantine carries its metric (CloudWatch embedded metric format). */
export function recordLine(outcome: Outcome, service: string, now: number): string {
  const record: FileRecord = { type: 'file-release', time: new Date(now).toISOString(), service, ...outcome };
  if (outcome.reason === undefined) return JSON.stringify(record);
  const metric = FILE_QUARANTINE_METRICS[outcome.reason];
  return JSON.stringify({
    ...record,
    _aws: { Timestamp: now, CloudWatchMetrics: [{ Namespace: AUDIT_METRIC.namespace, Dimensions: [[FILE_METRIC_DIMENSION]], Metrics: [{ Name: metric, Unit: 'Count' }] }] },
    [FILE_METRIC_DIMENSION]: service,
    [metric]: 1,
  });
}
