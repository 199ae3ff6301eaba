import { readFileSync } from 'node:fs';
import { LocalClient } from '../local/client';
import type { LocalEndpoints } from '../local/endpoints';
import type { TokenVariant } from '../local/peer/identity-provider-settings';
import type { IssuedToken, WrongToken } from './assessment-case';
import { tampered } from './forged-token';
import { Untestable, type CertificatePair, type Endpoint, type Target } from './target';

/** What the local issuer signs on demand. */
const VARIANTS: { readonly [wrong in WrongToken]?: TokenVariant } = { 'expired': 'expired', 'long-lived': 'long-lived', 'wrong-audience': 'wrong-audience' };

/** A running local gateway: its ready file names every client, and its issuer signs wrong tokens too. */
export class LocalTarget implements Target {
  private readonly client: LocalClient;
  private readonly certificateAuthority: string;

  constructor(public readonly name: string, private readonly endpoints: LocalEndpoints, public readonly close?: () => Promise<void>) {
    this.client = new LocalClient(endpoints);
    this.certificateAuthority = readFileSync(endpoints.certificateAuthorityFile, 'utf8');
  }

  public endpoint(securityDomain: string): Endpoint | undefined {
    const found = this.endpoints.domains[securityDomain];
    return found && { address: '127.0.0.1', port: found.port, hostName: found.hostName, certificateAuthority: this.certificateAuthority };
  }

  public clients(securityDomain: string): readonly string[] {
    return Object.keys(this.endpoints.domains[securityDomain]?.clients ?? {});
  }

  public certificate(securityDomain: string, client?: string): CertificatePair | undefined {
    const clients = this.endpoints.domains[securityDomain]?.clients ?? {};
    const files = client === undefined ? Object.values(clients).find(({ certificate }) => certificate !== undefined)?.certificate : clients[client]?.certificate;
    return files && { cert: readFileSync(files.certificateFile, 'utf8'), key: readFileSync(files.keyFile, 'utf8') };
  }

  public apiKey(securityDomain: string, client: string): string | undefined {
    return this.endpoints.domains[securityDomain]?.clients[client]?.apiKey;
  }

  public async token(domain: string, { client, scopes, wrong, acrValues }: IssuedToken): Promise<string> {
    if (!this.clients(domain).includes(client)) throw new Untestable(`${client} is no client of the ${domain} domain there`);
    const token = await this.client.token({
      domain, client, ...scopes.length > 0 && { scopes }, foreign: wrong === 'foreign-issuer',
      ...wrong !== undefined && VARIANTS[wrong] !== undefined && { variant: VARIANTS[wrong] },
      ...acrValues !== undefined && acrValues.length > 0 && { acrValues: acrValues.join(' ') },
    });
    return wrong === 'tampered' ? tampered(token) : token;
  }
}
