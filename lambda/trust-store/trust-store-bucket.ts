import { TRUST_STORE_OBJECT, type StoredAuthorities } from '../../lib/contract/stored-trust-store';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { ObjectStore, type ObjectStoreProps } from '../../runtime/object-store';

/** Versions of the two objects of a trust store. */
export interface StoredVersions {
  readonly bundle: string;
  readonly authorities: string;
}

/** The API takes no larger trust store. */
const MAX_BYTES = 1024 * 1024;

/** The bucket that holds every version of a trust store. */
export class TrustStoreBucket {
  private readonly objects: ObjectStore;

  constructor(private readonly props: Omit<ObjectStoreProps, 'maxBytes'>) {
    this.objects = new ObjectStore({ ...props, maxBytes: MAX_BYTES, timeoutMilliseconds: 10_000 });
  }

  /** Writes a version of the trust store. @throws DependencyFailure */
  async write(bundle: string, authorities: StoredAuthorities): Promise<StoredVersions> {
    return {
      bundle: await this.put(TRUST_STORE_OBJECT.bundle, bundle, 'application/x-pem-file'),
      authorities: await this.put(TRUST_STORE_OBJECT.authorities, JSON.stringify(authorities), 'application/json'),
    };
  }

  /** The private CAs as they were stored last. @throws DependencyFailure */
  async authorities(): Promise<StoredAuthorities> {
    const { status, body, tooLarge } = await this.objects.send({ method: 'GET', key: TRUST_STORE_OBJECT.authorities });
    if (status !== 200 || tooLarge) {
      throw new DependencyFailure(`bucket ${this.props.bucket}`, `status ${status} for ${TRUST_STORE_OBJECT.authorities}`);
    }
    return JSON.parse(body.toString()) as StoredAuthorities;
  }

  /** A trust store that the domain name cannot be held to would be replaced behind its back. */
  private async put(key: string, text: string, type: string): Promise<string> {
    const { status, headers } = await this.objects.send({ method: 'PUT', key, body: Buffer.from(text), headers: { 'content-type': type } });
    const version = headers['x-amz-version-id'];
    if (status !== 200 || typeof version !== 'string' || version === '' || version === 'null') {
      throw new DependencyFailure(`bucket ${this.props.bucket}`, status === 200 ? 'keeps no versions' : `status ${status} for ${key}`);
    }
    return version;
  }
}
