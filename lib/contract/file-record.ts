/** Why a file stays in quarantine, and the metric that counts it. */
export const FILE_QUARANTINE_METRICS = {
  malware_found: 'MalwareFound',
  scan_unsupported: 'ScanFailures',
  scan_access_denied: 'ScanFailures',
  scan_failed: 'ScanFailures',
  scanner_failed: 'ScanFailures',
  key_invalid: 'RefusedFiles',
  version_mismatch: 'RefusedFiles',
  size_exceeded: 'RefusedFiles',
  type_not_allowed: 'RefusedFiles',
  content_mismatch: 'RefusedFiles',
  already_released: 'RefusedFiles',
} as const;
export type FileQuarantineReason = keyof typeof FILE_QUARANTINE_METRICS;

/** Dimension of those metrics beside the namespace of the audit records. */
export const FILE_METRIC_DIMENSION = 'Service';

/** One structured record per scanned version. */
export interface FileRecord {
  readonly type: 'file-release';
  readonly outcome: 'released' | 'quarantined';
  readonly time: string;
  readonly service: string;
  readonly key?: string;
  readonly version?: string;
  readonly mediaType?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  readonly txn?: string;
  readonly consumer?: string;
  readonly reason?: FileQuarantineReason;
  /** What was found, for operators. */
  readonly detail?: string;
}
