import { X509Certificate } from 'node:crypto';
import { AUDIT_METRIC } from '../../lib/contract/audit-record';
import { TRUST_STORE_METRIC, type StoredAuthority } from '../../lib/contract/stored-trust-store';
import type { Clock } from '../../runtime/clock';

const DAY_MILLISECONDS = 86_400_000;

/** Writes the metrics of stored authorities to the log, embedded. */
export class AuthorityMetrics {
  constructor(private readonly environment: string, private readonly write: (line: string) => void, private readonly clock: Clock) {}

  /**
   * A partner without private CAs has none: nothing here knows more of its authorities than the template does.
   *
   * @param changed how many of the CAs have another certificate or chain by now
   */
  record(partner: string, stored: readonly StoredAuthority[], changed: number): void {
    if (stored.length === 0) {
      return;
    }
    const { dimensions, daysLeft, changed: changes } = TRUST_STORE_METRIC;
    const ends = stored.flatMap(({ certificate, chain }) => [certificate, ...chain]).map((pem) => Date.parse(new X509Certificate(pem).validTo));
    this.write(JSON.stringify({
      type: 'trust-store',
      _aws: {
        Timestamp: this.clock(),
        CloudWatchMetrics: [{
          Namespace: AUDIT_METRIC.namespace,
          Dimensions: [[dimensions.environment, dimensions.partner]],
          Metrics: [{ Name: daysLeft }, { Name: changes, Unit: 'Count' }],
        }],
      },
      [dimensions.environment]: this.environment,
      [dimensions.partner]: partner,
      [daysLeft]: (Math.min(...ends) - this.clock()) / DAY_MILLISECONDS,
      [changes]: changed,
    }));
  }
}
