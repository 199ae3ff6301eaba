/** Media types that files are uploaded as: those whose content the release knows how to check. */
export const FILE_MEDIA_TYPES = ['application/pdf', 'image/png', 'image/jpeg', 'text/csv'] as const;
export type FileMediaType = (typeof FILE_MEDIA_TYPES)[number];

/** Names of the environment variables that tell a service where its files go, and the release where they come from. */
export const FILE_UPLOADS_ENVIRONMENT = {
  /** Bucket that uploads lie in until they are released. */
  quarantineBucket: 'FILE_QUARANTINE_BUCKET',
  /** Bucket of the files that may be read. */
  releasedBucket: 'FILE_RELEASED_BUCKET',
  /** Allowed media types with their largest size in bytes: `application/pdf=10485760 image/png=1048576`. */
  types: 'FILE_TYPES',
  /** API service that the files belong to, the first part of every object key. */
  service: 'FILE_SERVICE',
} as const;

/** Largest size in bytes of each allowed media type. */
export type FileTypeLimits = Readonly<Partial<Record<FileMediaType, number>>>;

/** Writes the limits as an environment variable holds them. */
export function fileTypesText(limits: FileTypeLimits): string {
  return Object.entries(limits).map(([type, bytes]) => `${type}=${bytes}`).join(' ');
}

/** Reads the limits from an environment variable. @throws TypeError where it holds anything else */
export function fileTypeLimits(text: string): FileTypeLimits {
  return Object.fromEntries(text.split(' ').map((entry) => {
    const [, type = '', bytes = ''] = /^([a-z]+\/[a-z]+)=([1-9]\d*)$/.exec(entry) ?? [];
    if (!isFileMediaType(type)) throw new TypeError(`${FILE_UPLOADS_ENVIRONMENT.types} lists media types and bytes, got '${entry}'; write application/pdf=10485760`);
    return [type, Number(bytes)];
  }));
}

/** True for a media type that files are uploaded as. */
export function isFileMediaType(type: string): type is FileMediaType {
  return (FILE_MEDIA_TYPES as readonly string[]).includes(type);
}

/** An object key: service, owner, file. Neither of the last two is chosen by the caller. */
export const FILE_KEY = /^([a-z](?:-?[a-z0-9])*)\/([A-Za-z0-9_-]{43})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Names of the metadata that an upload is bound to. */
export const FILE_METADATA = {
  /** Transaction that the upload was permitted in. */
  transaction: 'txn',
  operation: 'operation',
  consumer: 'consumer',
  /** Of a released file: version of the upload that was scanned and checked. */
  scannedVersion: 'scanned-version',
} as const;

/** What the scanner writes on each version of an object, and the one value that lets it be read. */
export const SCAN_TAG = { key: 'GuardDutyMalwareScanStatus', clean: 'NO_THREATS_FOUND' } as const;

/** Events of the scanner: their source, and their `detail-type`. */
export const SCAN_EVENTS = {
  source: 'aws.guardduty',
  result: 'GuardDuty Malware Protection Object Scan Result',
  /** The scanner cannot do its work: it does not reach the bucket, or cannot write its tag. */
  failures: [
    'GuardDuty Malware Protection Post Scan Action Failed',
    'GuardDuty Malware Protection Resource Status Warning',
    'GuardDuty Malware Protection Resource Status Error',
  ],
} as const;

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
