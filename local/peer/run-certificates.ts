import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import type { CertificateFiles } from '../endpoints';
import { CertificateAuthority, type Credential } from './certificate-authority';
import type { KeyMaterial } from './key-material';
import { revocationListUrls, RevocationLists } from './revocation-lists';
import { clientCredentials } from './test-identities';

/** The authorities and client certificates of one run. */
export interface RunCertificates {
  /** Issues every server certificate; `file` is its PEM. */
  readonly servers: { readonly file: string; readonly certificate: string };
  /** The twin of the partners' authority, PEM. */
  readonly twin: string;
  readonly clients: ReadonlyMap<string, CertificateFiles>;
  /** A second certificate of each client, revoked from the start; none where no authorizer looks. */
  readonly revoked: ReadonlyMap<string, CertificateFiles>;
  readonly revocationLists: RevocationLists;
  /** Clients that only the hash of their real certificate identifies. */
  readonly withoutTwin: readonly string[];
  readonly foreign: CertificateFiles;
  readonly unlisted: CertificateFiles;
  /** Issues a server certificate for host names. */
  server(hostNames: readonly string[]): Promise<Credential>;
}

/** Makes the authorities of one run and a certificate for every client that is recognised by one. */
export async function runCertificates(configurations: readonly AuthorizerConfiguration[], material: KeyMaterial): Promise<RunCertificates> {
  const [servers, twin, foreign] = await Promise.all(['Local servers', 'Local twin of the partner authority', 'Local foreign authority'].map((name) => CertificateAuthority.create(name))) as [CertificateAuthority, CertificateAuthority, CertificateAuthority];
  const credentials = await clientCredentials(configurations, twin);
  const clients = new Map<string, CertificateFiles>();
  const withoutTwin: string[] = [];
  for (const [id, credential] of credentials) {
    if (credential === undefined) withoutTwin.push(id);
    else clients.set(id, material.credential(`client-${id}`, credential));
  }
  const revoked = revocationListUrls(configurations).length === 0 ? new Map<string, Credential>() : await clientCredentials(configurations, twin);
  return {
    servers: { file: material.pem('certificate-authority', servers.certificate), certificate: servers.certificate },
    twin: twin.certificate,
    clients, withoutTwin,
    revoked: new Map([...revoked].flatMap(([id, credential]) => credential === undefined ? [] : [[id, material.credential(`revoked-client-${id}`, credential)] as const])),
    revocationLists: new RevocationLists(twin, [...revoked.values()].flatMap((credential) => credential?.certificate ?? [])),
    foreign: material.credential('foreign-client', await foreign.issue({ subject: 'CN=foreign', usage: 'client' })),
    unlisted: material.credential('unlisted-client', await twin.issue({ subject: 'CN=unlisted', usage: 'client' })),
    server: (hostNames) => servers.issue({ subject: `CN=${hostNames[0]!.slice(0, 64)}`, alternativeNames: [...new Set(hostNames)], usage: 'server' }),
  };
}
