import { createHash, randomUUID } from 'node:crypto';
import { FILE_METADATA, FILE_UPLOADS_ENVIRONMENT as NAMES, fileTypeLimits, isFileMediaType, type FileTypeLimits } from '../../lib/contract/file-uploads';
import type { TrustTokenClaims } from '../../lib/contract/trust-token';
import { bucketUrl } from '../../runtime/object-store';
import { CredentialScope, environmentCredentials, queryText, requestSignature, type AwsCredentials } from '../../runtime/signature-v4';
import { FileUploadRefused } from './file-upload-refused';

/** Where the files of a service go. */
export interface FileUploadsOptions {
  /** Name of the bucket that uploads lie in until they are released. */
  readonly quarantineBucket: string;
  /** Name of the bucket of the files that may be read. */
  readonly releasedBucket: string;
  /** Allowed media types, each with its largest size in bytes. */
  readonly types: FileTypeLimits;
  /** API service that the files belong to. */
  readonly service: string;
  /** Region of the buckets. @default AWS_REGION */
  readonly region?: string;
  /** Credentials that sign. @default - those of the Lambda runtime, from the environment */
  readonly credentials?: () => Promise<AwsCredentials>;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
}

/** What a caller wants to upload. */
export interface FileUploadRequest {
  /** Media type, one of the allowed ones. */
  readonly type: string;
  /** Exact size in bytes. */
  readonly size: number;
  /** SHA-256 of the content (base64), which S3 then demands. @default - none: the release records what it read */
  readonly sha256?: string;
}

/** A form that a caller posts to upload one file (`multipart/form-data`): `fields` in their order, then the content as `file`. */
export interface FileUploadForm {
  /** Id of the file, for the service's own records and for its download. */
  readonly id: string;
  readonly url: string;
  readonly fields: { readonly [name: string]: string };
  /** When the form stops working (ISO 8601). */
  readonly expires: string;
}

/** A link to a released file. */
export interface FileDownload {
  readonly url: string;
  /** When the link stops working (ISO 8601). */
  readonly expires: string;
}

const FORM_SECONDS = 180;
const LINK_SECONDS = 120;
const FILE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA_256 = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Signs the uploads and downloads of a service's files (`FileUploads` of the construct library), without any call.
 *
 * An upload goes into quarantine, bound to its type, size and owner, the subject of the trust token. It can be downloaded once
 * it has been scanned and its content checked; until then, and for good where something was found, S3 answers the link with 403
 * or 404.
 *
 * @example
 * const uploads = FileUploads.fromEnvironment();
 *
 * export const handler = lambdaTrustToken(verifier, async (event, claims, context, body) => ({
 *   statusCode: 201,
 *   body: JSON.stringify(await uploads.upload(claims, body as FileUploadRequest)),
 * }));
 */
export class FileUploads {
  /** By the environment variables that `FileUploads.grantUse()` sets. @throws TypeError that names what is missing */
  static fromEnvironment(options: Partial<FileUploadsOptions> = {}): FileUploads {
    const missing = (Object.keys(NAMES) as (keyof typeof NAMES)[]).filter((option) => options[option] === undefined && !process.env[NAMES[option]]).map((option) => NAMES[option]);
    if (missing.length > 0) throw new TypeError(`file uploads need ${missing.join(', ')}; write uploads.grantUse(backend.function) where the service is deployed`);
    const variable = (option: keyof typeof NAMES): string => process.env[NAMES[option]] ?? '';
    return new FileUploads({
      quarantineBucket: variable('quarantineBucket'), releasedBucket: variable('releasedBucket'), service: variable('service'),
      types: options.types ?? fileTypeLimits(variable('types')), ...options,
    });
  }

  private readonly region: string;
  private readonly clock: () => number;

  /** @throws TypeError where no Region is known */
  constructor(private readonly options: FileUploadsOptions) {
    this.clock = options.clock ?? Date.now;
    this.region = options.region ?? process.env.AWS_REGION ?? '';
    if (this.region === '') throw new TypeError('file uploads need the Region of their buckets; write region, or set AWS_REGION');
  }

  /**
   * A form for one file of the subject of a verified trust token; it works for three minutes.
   *
   * @throws FileUploadRefused, whose `problem` a service may answer with
   */
  async upload(claims: TrustTokenClaims, { type, size, sha256 }: FileUploadRequest): Promise<FileUploadForm> {
    const { quarantineBucket, types } = this.options;
    const limit = typeof type === 'string' && isFileMediaType(type) ? types[type] : undefined;
    if (limit === undefined) throw new FileUploadRefused('type_not_allowed');
    if (!Number.isSafeInteger(size) || size < 1 || size > limit) throw new FileUploadRefused('size_not_allowed');
    if (sha256 !== undefined && !SHA_256.test(sha256)) throw new FileUploadRefused('checksum_malformed');
    const credentials = await this.credentials();
    const [now, id] = [this.clock(), randomUUID()];
    const scope = new CredentialScope(now, this.region, 's3');
    const bound = {
      key: this.key(fileOwner(claims), id),
      'content-type': type,
      [`x-amz-meta-${FILE_METADATA.transaction}`]: claims.txn,
      [`x-amz-meta-${FILE_METADATA.operation}`]: printable(claims.tctx.operation),
      [`x-amz-meta-${FILE_METADATA.consumer}`]: printable(claims.rctx.consumer),
      ...(sha256 !== undefined && { 'x-amz-checksum-algorithm': 'SHA256', 'x-amz-checksum-sha256': sha256 }),
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': `${credentials.accessKeyId}/${scope.text}`,
      'x-amz-date': scope.time,
      ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
    };
    const expires = new Date(now + FORM_SECONDS * 1000).toISOString();
    // S3 refuses a field that no condition names, such as a tag that would pass for the scanner's.
    const conditions = [{ bucket: quarantineBucket }, ...Object.entries(bound).map(([name, value]) => ['eq', `$${name}`, value]), ['content-length-range', size, size]];
    const policy = Buffer.from(JSON.stringify({ expiration: expires, conditions })).toString('base64');
    return { id, url: bucketUrl(quarantineBucket, this.region, process.env).href, fields: { ...bound, policy, 'x-amz-signature': scope.signature(credentials, policy) }, expires };
  }

  /**
   * A link to a released file of the subject of a verified trust token; it works for two minutes.
   *
   * @param owner whose file it is, as `fileOwner` gives it: another subject's only where the service has permitted that
   * @throws FileUploadRefused where the id is none
   */
  async download(claims: TrustTokenClaims, id: string, owner = fileOwner(claims)): Promise<FileDownload> {
    if (!FILE_ID.test(id) || !/^[A-Za-z0-9_-]{43}$/.test(owner)) throw new FileUploadRefused('file_unknown');
    const credentials = await this.credentials();
    const now = this.clock();
    const scope = new CredentialScope(now, this.region, 's3');
    const url = new URL(this.key(owner, id), bucketUrl(this.options.releasedBucket, this.region, process.env));
    const query = {
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${credentials.accessKeyId}/${scope.text}`,
      'X-Amz-Date': scope.time,
      'X-Amz-Expires': String(LINK_SECONDS),
      'X-Amz-SignedHeaders': 'host',
      ...(credentials.sessionToken && { 'X-Amz-Security-Token': credentials.sessionToken }),
    };
    const signature = requestSignature(credentials, scope, { method: 'GET', path: url.pathname, query, headers: { host: url.host }, payload: 'UNSIGNED-PAYLOAD' });
    return { url: `${url.href}?${queryText({ ...query, 'X-Amz-Signature': signature })}`, expires: new Date(now + LINK_SECONDS * 1000).toISOString() };
  }

  private key(owner: string, id: string): string {
    return `${this.options.service}/${owner}/${id}`;
  }

  private async credentials(): Promise<AwsCredentials> {
    const found = await this.options.credentials?.() ?? environmentCredentials(process.env);
    if (found === undefined) throw new TypeError('file uploads need credentials that sign; write credentials, or run in AWS Lambda');
    return found;
  }
}

/** Owner of the files that a trust token's subject uploads: a hash, so that keys tell nobody who it is. */
export function fileOwner({ sub, rctx }: TrustTokenClaims): string {
  return createHash('sha256').update(JSON.stringify([rctx.subject_type, sub]), 'utf8').digest('base64url');
}

/** Metadata is carried in headers, which are ASCII. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 128);
}
