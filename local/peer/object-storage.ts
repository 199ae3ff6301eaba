import { createHash, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { isDenied, type BucketStatement, type RequestFacts } from './bucket-policy';
import { checkForm, readForm } from './post-form';
import { requestSignature, signatureCredential, signatureTime } from './request-signature';
import { StorageError } from './storage-error';

/** One version of an object. */
export interface ObjectVersion {
  readonly key: string;
  readonly id: string;
  readonly etag: string;
  readonly content: Buffer;
  /** `content-type`, `content-disposition` and `x-amz-meta-…`. */
  readonly headers: { readonly [name: string]: string };
  readonly tags: Map<string, string>;
}

/** What of a bucket matters to its requests. */
export interface BucketSettings {
  readonly statements: readonly BucketStatement[];
  /** Told of each new version. */
  readonly onCreated?: (version: ObjectVersion) => void;
}

interface Asked {
  readonly bucket: string;
  readonly key: string;
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

interface Caller {
  readonly accessKey: string;
  readonly facts: RequestFacts;
}

interface Answer {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Buffer | string;
}

const KEPT = /^(?:content-type|content-disposition|x-amz-meta-.+)$/;

/**
 * Amazon S3 for versioned buckets with path-style URLs: posted forms, and objects that are put, read and deleted.
 *
 * It checks signatures, the policies of forms, and what bucket policies deny; what the roles' own policies allow is not looked at.
 */
export class ObjectStorage {
  private readonly buckets = new Map<string, { readonly settings: BucketSettings; readonly versions: ObjectVersion[] }>();

  /**
   * @param secret under which every access key signs
   * @param roleOf ARN of the role that an access key belongs to
   */
  constructor(private readonly secret: string, private readonly roleOf: (accessKey: string) => string | undefined, private readonly clock: () => number = Date.now) {}

  /** Adds an empty bucket. */
  public add(name: string, settings: BucketSettings): void {
    this.buckets.set(name, { settings, versions: [] });
  }

  /** Every version of a bucket, the oldest first. */
  public versions(name: string): readonly ObjectVersion[] {
    return this.bucket(name).versions;
  }

  /** What is in one version of an object; undefined where there is none. */
  public content(bucket: string, key: string, id: string): Buffer | undefined {
    return this.buckets.get(bucket)?.versions.find((version) => version.key === key && version.id === id)?.content;
  }

  /** Answers one HTTP request. */
  public async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { status, headers = {}, body = '' } = this.answer(request, Buffer.concat(chunks));
    response.writeHead(status, { 'x-amz-request-id': randomUUID(), ...headers, 'content-length': Buffer.byteLength(body) }).end(request.method === 'HEAD' ? '' : body);
  }

  private answer(request: IncomingMessage, body: Buffer): Answer {
    try {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const [, bucket = '', key = ''] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
      const asked = { bucket, key, url, request, body };
      const operation = this.operations[request.method ?? ''];
      if (operation === undefined) throw new StorageError(405, 'MethodNotAllowed', request.method ?? '');
      return operation(asked);
    } catch (error) {
      const { status, code, body: text } = error instanceof StorageError ? { status: error.status, code: error.code, body: error.body } : new StorageError(400, 'InvalidRequest', (error as Error).message);
      return { status, headers: { 'content-type': 'application/xml', 'x-local-error': code }, body: text };
    }
  }

  private readonly operations: { readonly [method: string]: (asked: Asked) => Answer } = {
    POST: ({ bucket, request, body }) => {
      const form = readForm(request.headers['content-type'] ?? '', body);
      const accessKey = checkForm(form, bucket, this.secret, this.clock());
      this.permit(bucket, 's3:PutObject', { accessKey, facts: { 's3:authType': 'POST' } });
      const version = this.store(bucket, form.fields.get('key') ?? '', form.file, Object.fromEntries(form.fields));
      return { status: 204, headers: { etag: version.etag, 'x-amz-version-id': version.id } };
    },
    PUT: (asked) => {
      const { bucket, key, request, body } = asked;
      this.permit(bucket, 's3:PutObject', this.caller(asked));
      if (request.headers['if-none-match'] === '*' && this.latest(bucket, key) !== undefined) throw new StorageError(412, 'PreconditionFailed', '');
      const version = this.store(bucket, key, body, headersOf(request.headers));
      return { status: 200, headers: { etag: version.etag, 'x-amz-version-id': version.id } };
    },
    GET: (asked) => this.read(asked),
    HEAD: (asked) => this.read(asked),
    DELETE: (asked) => {
      const { versions } = this.bucket(asked.bucket);
      const id = asked.url.searchParams.get('versionId');
      this.permit(asked.bucket, id === null ? 's3:DeleteObject' : 's3:DeleteObjectVersion', this.caller(asked));
      const at = versions.findIndex((version) => version.key === asked.key && (id === null || version.id === id));
      if (at !== -1) versions.splice(at, 1);
      return { status: 204 };
    },
  };

  private read(asked: Asked): Answer {
    const { bucket, key, url } = asked;
    const id = url.searchParams.get('versionId');
    const caller = this.caller(asked);
    const version = id === null ? this.latest(bucket, key) : this.versions(bucket).find((one) => one.key === key && one.id === id);
    const tags = Object.fromEntries([...version?.tags ?? []].map(([name, value]) => [`s3:ExistingObjectTag/${name}`, value]));
    if (version === undefined) throw new StorageError(404, id === null ? 'NoSuchKey' : 'NoSuchVersion', '');
    this.permit(bucket, id === null ? 's3:GetObject' : 's3:GetObjectVersion', { ...caller, facts: { ...caller.facts, ...tags } });
    return { status: 200, headers: { ...version.headers, etag: version.etag, 'x-amz-version-id': version.id }, body: version.content };
  }

  private permit(bucket: string, action: string, { accessKey, facts }: Caller): void {
    const all = { ...facts, 'aws:PrincipalArn': this.roleOf(accessKey), 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
    if (isDenied(this.bucket(bucket).settings.statements, action, all)) throw new StorageError(403, 'AccessDenied', 'User is not authorized with an explicit deny in a resource-based policy');
  }

  /** Who signed a request, in its header or its query. */
  private caller({ url, request, body }: Asked): Caller {
    const query = (request.url ?? '').split('?')[1]?.split('&') ?? [];
    const common = { method: request.method === 'HEAD' ? 'HEAD' : request.method ?? '', path: url.pathname, headers: request.headers };
    const expires = url.searchParams.get('X-Amz-Expires');
    if (expires !== null) {
      const [time, names] = [url.searchParams.get('X-Amz-Date') ?? '', url.searchParams.get('X-Amz-SignedHeaders') ?? ''];
      const age = this.clock() - signatureTime(time);
      if (!(age <= Number(expires) * 1000)) throw new StorageError(403, 'AccessDenied', 'Request has expired');
      const accessKey = this.verified(url.searchParams.get('X-Amz-Credential') ?? '', time, names, url.searchParams.get('X-Amz-Signature') ?? '', { ...common, query: query.filter((pair) => !pair.startsWith('X-Amz-Signature=')), payload: 'UNSIGNED-PAYLOAD' });
      return { accessKey, facts: { 's3:authType': 'REST-QUERY-STRING', 's3:signatureAge': String(age) } };
    }
    const [, credential = '', names = '', signature = ''] = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=(.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const payload = createHash('sha256').update(body).digest('hex');
    return { accessKey: this.verified(credential, String(request.headers['x-amz-date']), names, signature, { ...common, query, payload }), facts: { 's3:authType': 'REST-HEADER' } };
  }

  private verified(text: string, time: string, names: string, signature: string, request: Parameters<typeof requestSignature>[4]): string {
    const credential = signatureCredential(text);
    if (credential === undefined) throw new StorageError(403, 'AccessDenied', 'the request is not signed');
    if (requestSignature(this.secret, credential, time, names, request) !== signature) throw new StorageError(403, 'SignatureDoesNotMatch', '');
    return credential.accessKey;
  }

  private store(bucket: string, key: string, content: Buffer, headers: { readonly [name: string]: string }): ObjectVersion {
    const { settings, versions } = this.bucket(bucket);
    const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT.test(name)));
    const version = { key, id: randomUUID().replaceAll('-', ''), etag: `"${createHash('md5').update(content).digest('hex')}"`, content: Buffer.from(content), headers: kept, tags: new Map<string, string>() };
    versions.push(version);
    settings.onCreated?.(version);
    return version;
  }

  private latest(bucket: string, key: string): ObjectVersion | undefined {
    return this.versions(bucket).filter((version) => version.key === key).at(-1);
  }

  private bucket(name: string) {
    const found = this.buckets.get(name);
    if (found === undefined) throw new StorageError(404, 'NoSuchBucket', name);
    return found;
  }
}

function headersOf(headers: IncomingHttpHeaders): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
