import { AUDIT_METRIC, type AuditRecord } from '../../lib/contract/audit-record';
import type { Clock } from '../../runtime/clock';
import type { DependencyFailure } from '../../runtime/dependency-failure';
import { printable } from './printable';

/** Takes one line, without its line feed. */
export type LineWriter = (line: string) => void;

/** Whose records these are. */
export interface AuditScope {
  readonly environment: string;
  readonly securityDomain: string;
}

/**
 * Audit records and metrics as JSON lines.
 *
 * A refusal and a failure carry their metric with them (CloudWatch embedded metric format), so that no call is made to count them.
 */
export class AuditLog {
  constructor(private readonly scope: AuditScope, private readonly write: LineWriter, private readonly clock: Clock) {}

  /** Writes one record of a decision; texts are made printable. */
  record(record: Omit<AuditRecord, 'type' | 'time' | 'environment' | 'securityDomain'>): void {
    const entries = Object.entries(record).map(([name, value]) => [name, typeof value === 'string' ? printable(value) : value]);
    this.line({
      type: 'authorization',
      time: new Date(this.clock()).toISOString(),
      ...this.scope,
      ...Object.fromEntries(entries),
      ...(record.reason && this.metric(AUDIT_METRIC.refusals, AUDIT_METRIC.dimensions.reason, record.reason)),
    });
  }

  /** Counts a failed read of something the decision depends on, also where an older value still serves. */
  failure(dependency: string, failure: DependencyFailure): void {
    this.line({
      type: 'dependency',
      time: new Date(this.clock()).toISOString(),
      ...this.scope,
      detail: printable(failure.message),
      ...this.metric(AUDIT_METRIC.dependencyFailures, AUDIT_METRIC.dimensions.dependency, dependency),
    });
  }

  private metric(name: string, dimension: string, value: string) {
    const { environment, securityDomain } = AUDIT_METRIC.dimensions;
    return {
      _aws: {
        Timestamp: this.clock(),
        CloudWatchMetrics: [{
          Namespace: AUDIT_METRIC.namespace,
          Dimensions: [[environment, securityDomain, dimension]],
          Metrics: [{ Name: name, Unit: 'Count' }],
        }],
      },
      [environment]: this.scope.environment,
      [securityDomain]: this.scope.securityDomain,
      [dimension]: value,
      [name]: 1,
    };
  }

  private line(value: object): void {
    this.write(JSON.stringify(value));
  }
}
