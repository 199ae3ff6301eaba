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
  /** The second of the last record, and how its time begins. */
  private written = { second: Number.NaN, text: '' };

  constructor(private readonly scope: AuditScope, private readonly write: LineWriter, private readonly clock: Clock) {}

  /** Writes one record of a decision; texts are made printable. */
  record(record: Omit<AuditRecord, 'type' | 'time' | 'environment' | 'securityDomain'>): void {
    const { environment, securityDomain } = this.scope;
    // Member by member, because every request pays for two records, and objects of one shape are written at twice the speed.
    const line = {
      type: 'authorization',
      time: this.time(),
      environment,
      securityDomain,
      outcome: record.outcome,
      txn: printable(record.txn),
      requestId: optional(record.requestId),
      method: optional(record.method),
      resource: optional(record.resource),
      sourceIp: optional(record.sourceIp),
      operation: optional(record.operation),
      client: optional(record.client),
      consumer: optional(record.consumer),
      subject: optional(record.subject),
      policies: record.policies,
      reason: record.reason,
      detail: optional(record.detail),
    } satisfies { readonly [Member in keyof Required<AuditRecord>]: AuditRecord[Member] };
    this.line(record.reason ? { ...line, ...this.metric(AUDIT_METRIC.refusals, AUDIT_METRIC.dimensions.reason, record.reason) } : line);
  }

  /** Counts a failed read of something the decision depends on, also where an older value still serves. */
  failure(dependency: string, failure: DependencyFailure): void {
    this.line({
      type: 'dependency',
      time: this.time(),
      ...this.scope,
      detail: printable(failure.message),
      ...this.metric(AUDIT_METRIC.dependencyFailures, AUDIT_METRIC.dimensions.dependency, dependency),
    });
  }

  // Many records fall into one second, and its date is the same.
  private time(): string {
    const now = this.clock();
    const second = Math.floor(now / 1000);
    if (second !== this.written.second) {
      this.written = { second, text: new Date(second * 1000).toISOString().slice(0, -'000Z'.length) };
    }
    return `${this.written.text}${String(Math.floor(now) - second * 1000).padStart(3, '0')}Z`;
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

function optional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : printable(text);
}
