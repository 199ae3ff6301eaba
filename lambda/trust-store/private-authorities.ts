import type { StoredAuthority } from '../../lib/contract/stored-trust-store';
import { AwsJsonClient, type AwsJsonService, type AwsReply } from '../../runtime/aws-json-client';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { authorityFault } from './authority-fault';
import type { PermissionWait } from './permission-wait';

/** AWS Private Certificate Authority as a JSON service. */
const PRIVATE_CA: AwsJsonService = { name: 'acm-pca', target: 'ACMPrivateCA', protocol: '1.1', endpointVariable: 'AWS_ENDPOINT_URL_ACM_PCA' };
const CERTIFICATE = /-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----/g;
const DENIED = 'AccessDeniedException';
const ATTEMPTS = 3;
const PAUSE_MILLISECONDS = 500;

/** Reads the certificates of private CAs, and lets nothing pass that the gateway would not take for an authority. */
export class PrivateAuthorities {
  constructor(private readonly environment: Readonly<Record<string, string | undefined>>, private readonly clock: Clock, private readonly wait: PermissionWait) {}

  /** @throws DependencyFailure where the CA cannot be read; Error that names what is wrong with its certificate */
  async read(arn: string, revision: string): Promise<StoredAuthority> {
    const { Certificate, CertificateChain } = await this.answer(arn);
    const [certificate, ...more] = certificatesIn(Certificate);
    if (certificate === undefined || more.length > 0) {
      throw new Error(`${arn}: not one certificate`);
    }
    const chain = certificatesIn(CertificateChain);
    const fault = authorityFault([certificate, ...chain], this.clock());
    if (fault !== undefined) {
      throw new Error(`${arn}: ${fault}`);
    }
    return { arn, revision, certificate, chain };
  }

  private async answer(arn: string): Promise<{ readonly [member: string]: unknown }> {
    const client = new AwsJsonClient({ service: PRIVATE_CA, arn, dependency: 'private CA', environment: this.environment, clock: this.clock, timeoutMilliseconds: 5000 });
    for (let attempt = 1; ; attempt += 1) {
      try {
        const ask = (): Promise<AwsReply> => client.call('GetCertificateAuthorityCertificate', { CertificateAuthorityArn: arn });
        const { status, body, fault } = await this.wait.through(ask, (reply) => reply.fault === DENIED);
        if (status === 200) {
          return body;
        }
        throw new DependencyFailure(arn, fault ?? `status ${status}`);
      } catch (error) {
        if (attempt === ATTEMPTS || isDenied(error)) {
          throw error;
        }
        await new Promise((resolve) => { setTimeout(resolve, PAUSE_MILLISECONDS * attempt); });
      }
    }
  }
}

/** Whoever was waited for is not asked again. */
function isDenied(error: unknown): boolean {
  return error instanceof DependencyFailure && error.fault === DENIED;
}

function certificatesIn(text: unknown): string[] {
  return typeof text === 'string' ? (text.match(CERTIFICATE) ?? []).map((pem) => pem.replace(/\r/g, '')) : [];
}
