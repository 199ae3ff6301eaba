import { TRUST_STORE_OBJECT, type StoredAuthorities } from '../../lib/contract/stored-trust-store';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { ObjectStore, type ObjectReply, type ObjectRequest, type ObjectStoreProps } from '../../runtime/object-store';
import type { PermissionWait } from './permission-wait';

/** Versions of the two objects of a trust store. */
export interface StoredVersions {
  readonly bundle: string;
  readonly authorities: string;
}

/** One version of the object that has the private CAs. */
export interface AuthoritiesVersion {
  readonly version: string;
  readonly authorities: StoredAuthorities;
}

/** Metadata of a version of the authorities: the version before it. */
const BEFORE = 'x-amz-meta-before';
/** Versions that are looked through for what a rollback goes back to. */
const MAX_VERSIONS = 10;
/** The API takes no larger trust store. */
const MAX_BYTES = 1024 * 1024;

/** The bucket that holds every version of a trust store. */
export class TrustStoreBucket {
  private readonly objects: ObjectStore;

  constructor(private readonly props: Omit<ObjectStoreProps, 'maxBytes'>, private readonly wait: PermissionWait) {
    this.objects = new ObjectStore({ ...props, maxBytes: MAX_BYTES, timeoutMilliseconds: 10_000 });
  }

  /** Writes a version of the trust store. @param before version of the authorities that it comes after; @throws DependencyFailure */
  async write(bundle: string, authorities: StoredAuthorities, before?: string): Promise<StoredVersions> {
    return {
      bundle: await this.put(TRUST_STORE_OBJECT.bundle, bundle, { 'content-type': 'application/x-pem-file' }),
      authorities: await this.put(TRUST_STORE_OBJECT.authorities, JSON.stringify(authorities), { 'content-type': 'application/json', ...before !== undefined && { [BEFORE]: before } }),
    };
  }

  /** The private CAs as they were stored, the last version first. @throws DependencyFailure */
  async *history(): AsyncGenerator<AuthoritiesVersion> {
    let next: string | undefined;
    for (let count = 0; count < MAX_VERSIONS; count += 1) {
      const { headers, authorities } = await this.read(next);
      yield { version: String(headers['x-amz-version-id']), authorities };
      next = headers[BEFORE] as string | undefined;
      if (next === undefined) {
        return;
      }
    }
  }

  /** The private CAs as they were stored last. @throws DependencyFailure */
  async authorities(): Promise<StoredAuthorities> {
    return (await this.read()).authorities;
  }

  private async read(versionId?: string): Promise<{ readonly headers: ObjectReply['headers']; readonly authorities: StoredAuthorities }> {
    const { status, body, headers, tooLarge } = await this.send({ method: 'GET', key: TRUST_STORE_OBJECT.authorities, ...versionId !== undefined && { query: { versionId } } });
    if (status !== 200 || tooLarge) {
      throw new DependencyFailure(`bucket ${this.props.bucket}`, `status ${status} for ${TRUST_STORE_OBJECT.authorities}`);
    }
    return { headers, authorities: JSON.parse(body.toString()) as StoredAuthorities };
  }

  /** A trust store that the domain name cannot be held to would be replaced behind its back. */
  private async put(key: string, text: string, described: Readonly<Record<string, string>>): Promise<string> {
    const { status, headers } = await this.send({ method: 'PUT', key, body: Buffer.from(text), headers: described });
    const version = headers['x-amz-version-id'];
    if (status !== 200 || typeof version !== 'string' || version === '' || version === 'null') {
      throw new DependencyFailure(`bucket ${this.props.bucket}`, status === 200 ? 'keeps no versions' : `status ${status} for ${key}`);
    }
    return version;
  }

  private send(request: ObjectRequest): Promise<ObjectReply> {
    return this.wait.through(() => this.objects.send(request), ({ status }) => status === 403);
  }
}
