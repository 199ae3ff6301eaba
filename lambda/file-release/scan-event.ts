import type { FileQuarantineReason } from '../../lib/contract/file-record';
import { SCAN_EVENTS } from '../../lib/contract/malware-scan';
import { isJsonObject, type JsonObject } from '../../runtime/json';

/** What the scanner says of one version of an object, or of itself. */
export interface ScanEvent {
  readonly key?: string;
  readonly version?: string;
  readonly etag?: string;
  /** Why the version stays where it is; undefined where no threat was found. */
  readonly reason?: FileQuarantineReason;
  /** The scanner's own words, for operators. */
  readonly detail?: string;
}

const REASONS: Readonly<Record<string, FileQuarantineReason | undefined>> = {
  NO_THREATS_FOUND: undefined,
  THREATS_FOUND: 'malware_found',
  UNSUPPORTED: 'scan_unsupported',
  ACCESS_DENIED: 'scan_access_denied',
  FAILED: 'scan_failed',
};

/** Reads an event of the malware scanner. @throws TypeError where it is none of this bucket */
export function scanEvent(event: unknown, bucket: string): ScanEvent {
  if (!isJsonObject(event) || event.source !== SCAN_EVENTS.source) throw new TypeError('not an event of the malware scanner');
  const detail = object(event.detail);
  const about = object(detail.s3ObjectDetails ?? detail.s3BucketDetails);
  if (about.bucketName !== bucket) throw new TypeError('an event of another bucket');
  const version = { key: text(about.objectKey), version: text(about.versionId), etag: text(about.eTag) };
  return event['detail-type'] === SCAN_EVENTS.result ? { ...version, ...verdict(detail) } : { ...version, reason: 'scanner_failed', detail: text(event['detail-type']) };
}

/** Only a scan that was completed and found nothing lets a file go; whatever else is said, now or one day, does not. */
function verdict(detail: JsonObject): Pick<ScanEvent, 'reason' | 'detail'> {
  const result = object(detail.scanResultDetails);
  const status = text(result.scanResultStatus) ?? '';
  if (status === 'NO_THREATS_FOUND' && detail.scanStatus === 'COMPLETED') return {};
  return { reason: REASONS[status] ?? 'scan_failed', detail: [status, ...threats(result.threats)].join(' ') };
}

function threats(found: unknown): string[] {
  return Array.isArray(found) ? found.slice(0, 10).flatMap((threat) => text(object(threat).name) ?? []) : [];
}

function object(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 1024) : undefined;
}
