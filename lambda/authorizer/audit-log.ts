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

/** What is known of a request before it is judged. */
export type RequestFacts = Pick<AuditRecord, 'txn' | 'requestId' | 'method' | 'resource' | 'sourceIp'>;

/** What was found out about it. */
export type Findings = Omit<AuditRecord, 'type' | 'time' | 'environment' | 'securityDomain' | keyof RequestFacts>;

/** Every member named, so that none of a record can be left out. */
type Members<T> = { readonly [Member in keyof Required<T>]: T[Member] };

/**
 * Audit records and metrics as JSON lines.
 *
 * A refusal and a failure carry their metric with them (CloudWatch embedded metric format), so that no call is made to count them.
 */
export class AuditLog {
  /** The second of the last record, and how its time begins. */
  private written = { second: Number.NaN, text: '' };

  constructor(private readonly scope: AuditScope, private readonly write: LineWriter, private readonly clock: Clock) {}

  /** What is known of one request, as all its records say it; texts are made printable. */
  facts({ txn, requestId, method, resource, sourceIp }: RequestFacts): string {
    const members = {
      ...this.scope,
      txn: printable(txn),
      requestId: optional(requestId),
      method: optional(method),
      resource: optional(resource),
      sourceIp: optional(sourceIp),
    } satisfies Members<RequestFacts & AuditScope>;
    return JSON.stringify(members).slice(0, -1);
  }

  /** Writes one record of a decision about a request, before it or after; texts are made printable. */
  record(facts: string, findings: Findings): void {
    const { reason } = findings;
    // Member by member, because every request pays for two records, and objects of one shape are written at twice the speed.
    const members = {
      type: 'authorization',
      time: this.time(),
      outcome: findings.outcome,
      operation: optional(findings.operation),
      client: optional(findings.client),
      consumer: optional(findings.consumer),
      subject: optional(findings.subject),
      policies: findings.policies,
      marking: findings.marking,
      revocation: findings.revocation,
      reason,
      detail: optional(findings.detail),
    } satisfies Members<Findings & Pick<AuditRecord, 'type' | 'time'>>;
    const counted = reason ? { ...members, ...this.metric(AUDIT_METRIC.refusals, AUDIT_METRIC.dimensions.reason, reason) } : members;
    this.write(`${facts},${JSON.stringify(counted).slice(1)}`);
  }

  /** Counts a failed read of something the decision depends on, also where an older value still serves. */
  failure(dependency: string, failure: Pick<DependencyFailure, 'message'>): void {
    this.write(JSON.stringify({
      type: 'dependency',
      time: this.time(),
      ...this.scope,
      detail: printable(failure.message),
      ...this.metric(AUDIT_METRIC.dependencyFailures, AUDIT_METRIC.dimensions.dependency, dependency),
    }));
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
}

function optional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : printable(text);
}
