import { createHash } from 'node:crypto';
import type { FileQuarantineReason, FileRecord } from '../../lib/contract/file-record';
import { FILE_KEY, FILE_METADATA, isFileMediaType, type FileMediaType, type FileTypeLimits } from '../../lib/contract/file-uploads';
import { DependencyFailure } from '../../runtime/dependency-failure';
import type { ObjectReply, ObjectRequest } from '../../runtime/object-store';
import { contentFault } from './content/content-check';
import { scanEvent, type ScanEvent } from './scan-event';

/** A bucket, as the release needs it. */
export interface Bucket {
  send(request: ObjectRequest): Promise<ObjectReply>;
}

/** What a release depends on. */
export interface ReleaseDependencies {
  readonly service: string;
  readonly quarantineName: string;
  readonly quarantine: Bucket;
  readonly released: Bucket;
  readonly limits: FileTypeLimits;
}

/** What became of a version, without what every record has. */
export type Outcome = Pick<FileRecord, 'outcome' | 'key' | 'version' | 'mediaType' | 'bytes' | 'sha256' | 'txn' | 'consumer' | 'reason' | 'detail'>;

/** One version of an upload, as it was read. */
interface Upload {
  readonly key: string;
  readonly version: string;
  readonly reply: ObjectReply;
  readonly type: FileMediaType;
  /** SHA-256 of the content. */
  readonly digest: Buffer;
}

/** A file that stays in quarantine. */
class Quarantined extends Error {
  constructor(readonly reason: FileQuarantineReason, readonly detail?: string) {
    super(reason);
  }
}

/**
 * Releases the version that was scanned, where nothing was found and its content is what it was declared to be.
 *
 * It writes the very bytes that it checked, and only where no file has that key, so that neither a version that is uploaded
 * meanwhile nor a second event changes what readers get. Each step may be repeated.
 *
 * @returns undefined where an earlier event released the version
 * @throws DependencyFailure where a bucket gives no usable answer: the event is to be tried again
 */
export async function release(event: unknown, dependencies: ReleaseDependencies): Promise<Outcome | undefined> {
  const scanned = scanEvent(event, dependencies.quarantineName);
  const facts: Partial<Outcome> = { key: scanned.key, version: scanned.version };
  try {
    const { key, version } = identified(scanned, dependencies.service);
    const reply = await read(dependencies.quarantine, key, version);
    if (reply === undefined) return await gone(dependencies.released, key, version);
    Object.assign(facts, { mediaType: reply.headers['content-type'], txn: metadata(reply, FILE_METADATA.transaction), consumer: metadata(reply, FILE_METADATA.consumer) });
    const upload = checked(scanned, { key, version, reply }, dependencies.limits);
    Object.assign(facts, { bytes: reply.body.length, sha256: upload.digest.toString('hex') });
    await write(dependencies.released, upload);
    await remove(dependencies.quarantine, upload);
    return { ...facts, outcome: 'released' };
  } catch (error) {
    if (!(error instanceof Quarantined)) throw error;
    return { ...facts, outcome: 'quarantined', reason: error.reason, detail: error.detail };
  }
}

function identified({ key = '', version, reason, detail }: ScanEvent, service: string): { readonly key: string; readonly version: string } {
  if (reason !== undefined) throw new Quarantined(reason, detail);
  if (FILE_KEY.exec(key)?.[1] !== service) throw new Quarantined('key_invalid');
  if (version === undefined) throw new Quarantined('version_mismatch', 'the event names no version');
  return { key, version };
}

/** The version itself; undefined where it is gone. The bucket refuses whoever asks before the scanner has written its tag. */
async function read(quarantine: Bucket, key: string, version: string): Promise<ObjectReply | undefined> {
  const reply = await quarantine.send({ method: 'GET', key, query: { versionId: version } });
  if (reply.status === 404) return undefined;
  if (reply.status !== 200) throw new DependencyFailure('quarantine', `status ${reply.status}`);
  return reply;
}

function checked({ etag }: ScanEvent, { key, version, reply }: Omit<Upload, 'type' | 'digest'>, limits: FileTypeLimits): Upload {
  const { 'content-type': type = '', 'x-amz-version-id': readVersion, etag: readEtag = '' } = reply.headers;
  if (readVersion !== version || etag === undefined || readEtag.replaceAll('"', '') !== etag.replaceAll('"', '')) throw new Quarantined('version_mismatch');
  const limit = isFileMediaType(type) ? limits[type] : undefined;
  if (!isFileMediaType(type) || limit === undefined) throw new Quarantined('type_not_allowed');
  if (reply.tooLarge || reply.body.length > limit) throw new Quarantined('size_exceeded');
  const fault = contentFault(type, reply.body);
  if (fault !== undefined) throw new Quarantined('content_mismatch', fault);
  return { key, version, reply, type, digest: createHash('sha256').update(reply.body).digest() };
}

async function write(released: Bucket, { key, version, reply, type, digest }: Upload): Promise<void> {
  const kept = Object.values(FILE_METADATA).flatMap((name) => {
    const value = name === FILE_METADATA.scannedVersion ? version : metadata(reply, name);
    return value === undefined ? [] : [[`x-amz-meta-${name}`, value]];
  });
  const { status } = await released.send({
    method: 'PUT', key, body: reply.body,
    headers: {
      ...Object.fromEntries(kept) as Record<string, string>,
      'content-type': type,
      // Whoever opens the file downloads it: no browser shows it in the name of the bucket.
      'content-disposition': 'attachment',
      'if-none-match': '*',
      'x-amz-checksum-sha256': digest.toString('base64'),
    },
  });
  if (status === 412) {
    if (await releasedVersion(released, key) !== version) throw new Quarantined('already_released');
  } else if (status !== 200) {
    throw new DependencyFailure('released files', `status ${status}`);
  }
}

async function remove(quarantine: Bucket, { key, version }: Upload): Promise<void> {
  const { status } = await quarantine.send({ method: 'DELETE', key, query: { versionId: version } });
  if (status !== 204 && status !== 404) throw new DependencyFailure('quarantine', `status ${status}`);
}

/** A version that is gone was released by an earlier event, or it has expired. */
async function gone(released: Bucket, key: string, version: string): Promise<undefined> {
  if (await releasedVersion(released, key) !== version) throw new Quarantined('version_mismatch', 'the version is gone');
}

async function releasedVersion(released: Bucket, key: string): Promise<string | undefined> {
  const reply = await released.send({ method: 'HEAD', key });
  if (reply.status !== 200 && reply.status !== 404) throw new DependencyFailure('released files', `status ${reply.status}`);
  return reply.status === 200 ? metadata(reply, FILE_METADATA.scannedVersion) : undefined;
}

function metadata({ headers }: ObjectReply, name: string): string | undefined {
  const value = headers[`x-amz-meta-${name}`];
  return typeof value === 'string' ? value : undefined;
}
