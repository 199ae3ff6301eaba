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
