import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DpopKey } from './dpop-key';
import type { CertificateFiles, ClientEndpoint, DomainEndpoint, IssuerEndpoint, LocalEndpoints } from './endpoints';
import { exchange, type Exchange, type Reply } from './exchange';
import { tokenResource, type TokenVariant } from './peer/identity-provider-settings';

/** A request to a security domain. */
export interface DomainRequest extends Omit<Exchange, 'port' | 'hostName' | 'certificateAuthority' | 'certificate' | 'path'> {
  /** Path with query, sent as it is: nothing is normalized or encoded. */
  readonly path: string;
  /** Access token for `Authorization: Bearer`, or `DPoP` where there is a proof. */
  readonly token?: string;
  /** DPoP proof that goes with the token. */
  readonly proof?: string;
  /** Client certificate. */
  readonly certificate?: CertificateFiles;
}

/** What token is wanted. */
export interface TokenRequest {
  /** Security domain that the token is for. */
  readonly domain: string;
  readonly client: string;
  /** All scopes of the client where none are given. */
  readonly scopes?: readonly string[];
  /** Classes of authentication to ask the issuer for, as a challenge names them (RFC 9470 section 4); a password will do by default. */
  readonly acrValues?: string;
  /** What is wrong with the token; nothing by default. */
  readonly variant?: TokenVariant;
  /** True for a token of an issuer that nobody trusts. */
  readonly foreign?: boolean;
  /** Certificate to bind the token to, instead of the client's own. */
  readonly certificate?: CertificateFiles;
  /** Key to bind the token to, instead of the client's own. */
  readonly dpopKey?: DpopKey;
}

/** Talks to a local gateway as its callers do: tokens by the client's own grant, requests over TLS under the real host name. */
export class LocalClient {
  /** Binds the tokens of clients that prove possession of a key. */
  public readonly dpopKey = new DpopKey();
  private readonly certificateAuthority: string;

  constructor(public readonly endpoints: LocalEndpoints) {
    this.certificateAuthority = readFileSync(endpoints.certificateAuthorityFile, 'utf8');
  }

  /** Sends one request on a connection of its own. @throws Error where the connection fails, as with a refused handshake */
  public send(domain: string, { token, proof, certificate, headers = {}, ...request }: DomainRequest): Promise<Reply> {
    const { hostName, port } = this.domain(domain);
    return exchange({
      ...request, port, hostName,
      certificateAuthority: this.certificateAuthority,
      certificate: certificate && pair(certificate),
      headers: { ...token === undefined ? {} : { authorization: `${proof === undefined ? 'Bearer' : 'DPoP'} ${token}` }, ...proof === undefined ? {} : { dpop: proof }, ...headers },
    });
  }

  /** A proof that the owner of a key, the client's own by default, makes one request to a security domain. */
  public proof(domain: string, { method = 'GET', path, token }: Pick<DomainRequest, 'method' | 'path' | 'token'>, key = this.dpopKey): string {
    return key.proof({ method, url: `https://${this.domain(domain).hostName}${path.replace(/\?.*$/, '')}`, token });
  }

  /** An access token: client credentials for systems and trusted applications, authorization code with PKCE for all others. */
  public async token(wanted: TokenRequest): Promise<string> {
    const domain = this.domain(wanted.domain);
    const client = domain.clients[wanted.client];
    const issuer = wanted.foreign === true ? this.endpoints.foreignIssuer : domain.issuer;
    if (client === undefined || issuer === undefined) throw new Error(`${wanted.domain} has no client ${wanted.client}; it has ${Object.keys(domain.clients).join(', ')}`);
    const dpopKey = wanted.dpopKey ?? (client.dpopBound ? this.dpopKey : undefined);
    const scope = (wanted.scopes ?? client.scopes).join(' ');
    const resource = tokenResource(wanted.domain, wanted.variant);
    const grant = client.redirectUri === undefined ? { grant_type: 'client_credentials', scope, resource } : await this.code(issuer, wanted, client.redirectUri, scope, resource);
    const reply = await this.issuer(issuer, {
      method: 'POST', path: new URL(issuer.tokenEndpoint).pathname,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(wanted.client, client), ...dpopKey && { dpop: dpopKey.proof({ method: 'POST', url: issuer.tokenEndpoint }) } },
      body: new URLSearchParams({ ...grant, ...client.secret === undefined ? { client_id: wanted.client } : {} }).toString(),
      certificate: wanted.certificate ?? (client.certificateBound ? client.certificate : undefined),
    });
    const { access_token: token } = JSON.parse(reply.body || '{}') as { access_token?: string };
    if (token === undefined) throw new Error(`the issuer gave no token: ${reply.status} ${reply.body}`);
    return token;
  }

  /** Revokes a token of a client at its issuer (RFC 7009). */
  public async revoke({ domain, client: id }: Pick<TokenRequest, 'domain' | 'client'>, token: string): Promise<void> {
    const { issuer, clients } = this.domain(domain);
    const client = clients[id];
    if (client === undefined || issuer === undefined) throw new Error(`${domain} has no client ${id}`);
    const { status, body } = await this.issuer(issuer, {
      method: 'POST', path: new URL(issuer.revocationEndpoint).pathname,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(id, client) },
      body: new URLSearchParams({ token, ...client.secret === undefined ? { client_id: id } : {} }).toString(),
    });
    if (status !== 200) throw new Error(`the issuer revoked nothing: ${status} ${body}`);
  }

  private domain(name: string): DomainEndpoint {
    const found = this.endpoints.domains[name];
    if (found === undefined) throw new Error(`there is no security domain ${name}; there is ${Object.keys(this.endpoints.domains).join(', ')}`);
    return found;
  }

  /** Runs the authorization code flow with PKCE (RFC 7636) up to the code; the issuer logs its one user in by itself. */
  private async code(issuer: IssuerEndpoint, { client: clientId, acrValues }: TokenRequest, redirectUri: string, scope: string, resource: string): Promise<{ readonly [name: string]: string }> {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope: `openid ${scope}`, resource, state: randomBytes(8).toString('hex'),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
      ...acrValues !== undefined && { acr_values: acrValues },
    });
    const cookies = new Map<string, string>();
    let location = `${issuer.authorizationEndpoint}?${query.toString()}`;
    for (let hops = 0; hops < 8 && !location.startsWith(redirectUri); hops += 1) {
      const url = new URL(location, issuer.issuer);
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const reply = await this.issuer(issuer, { path: `${url.pathname}${url.search}`, headers: cookie === '' ? {} : { cookie } });
      for (const [, name = '', value = ''] of reply.setCookies.map((text) => /^([^=]+)=([^;]*)/.exec(text) ?? [])) cookies.set(name, value);
      if (reply.headers.location === undefined) throw new Error(`the issuer did not redirect: ${reply.status} ${reply.body.slice(0, 200)}`);
      location = reply.headers.location;
    }
    const answer = new URL(location).searchParams;
    if (answer.get('code') === null) throw new Error(`the issuer gave no code: ${answer.get('error') ?? ''} ${answer.get('error_description') ?? ''}`);
    return { grant_type: 'authorization_code', code: answer.get('code')!, redirect_uri: redirectUri, code_verifier: verifier, resource };
  }

  private issuer({ hostName, port }: IssuerEndpoint, { certificate, ...request }: Omit<DomainRequest, 'token'>): Promise<Reply> {
    return exchange({ ...request, hostName, port, certificateAuthority: this.certificateAuthority, certificate: certificate && pair(certificate) });
  }
}

function basic(id: string, { secret }: ClientEndpoint): { readonly authorization?: string } {
  return secret === undefined ? {} : { authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}` };
}

function pair({ certificateFile, keyFile }: CertificateFiles): { readonly cert: string; readonly key: string } {
  return { cert: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}
