import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import { loopbackServer, type LoopbackServer } from '../loopback-server';
import type { Routes } from '../routes';
import type { CertificateAuthority } from './certificate-authority';
import type { RunCertificates } from './run-certificates';

/** The revocation lists of one run: the twin of the partners' authorities publishes its own wherever the environment looks for one. */
export class RevocationLists {
  private list: Promise<Buffer>;

  constructor(private readonly twin: CertificateAuthority, private readonly revoked: string[]) {
    this.list = twin.revocationList(revoked);
  }

  /** Revokes a certificate, PEM; the list that names it is published when the promise resolves. */
  public async revoke(certificate: string): Promise<void> {
    this.revoked.push(certificate);
    this.list = this.twin.revocationList(this.revoked);
    await this.list;
  }

  /** Answers with the list at each of the paths. */
  public async handle(paths: ReadonlySet<string>, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!paths.has(request.url ?? '')) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/pkix-crl' }).end(await this.list);
  }
}

/** URLs of the revocation lists that authorizers read. */
export function revocationListUrls(configurations: readonly AuthorizerConfiguration[]): URL[] {
  return configurations.flatMap(({ revocation = [] }) => revocation).flatMap(({ lists }) => lists.map((url) => new URL(url)));
}

/** Serves the lists under the host names at which authorizers look for them. */
export async function startRevocationLists(configurations: readonly AuthorizerConfiguration[], certificates: RunCertificates, routes: Routes): Promise<LoopbackServer | undefined> {
  const urls = revocationListUrls(configurations);
  if (urls.length === 0) return undefined;
  const paths = new Set(urls.map(({ pathname, search }) => `${pathname}${search}`));
  const server = await loopbackServer((request, response) => certificates.revocationLists.handle(paths, request, response), await certificates.server(urls.map(({ hostname }) => hostname)));
  for (const { href } of urls) routes.add(href, server.port);
  return server;
}
