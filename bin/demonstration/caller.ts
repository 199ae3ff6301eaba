import { setTimeout } from 'node:timers/promises';
import { LocalClient } from '../../local/client';
import type { CertificateFiles, DomainEndpoint } from '../../local/endpoints';
import type { Reply } from '../../local/exchange';
import type { CertificateKind, Outcome, RequestCase, TokenKind } from './request-case';

/** Who calls in each security domain, and a scope of the client that the demonstrated operations do not accept. */
const CALLERS: { readonly [domain: string]: string } = { public: 'web-bank', partner: 'acme', internal: 'batch' };
const NEEDED_SCOPE = 'rates:read';
/** Longer than an `opaque-brief` token lives. */
const BRIEF_LIFE_MILLISECONDS = 2100;
const VARIANTS = { 'valid': 'standard', 'expired': 'expired', 'long-lived': 'long-lived', 'wrong audience': 'wrong-audience', 'foreign issuer': 'standard', 'other environment': 'standard', 'other scope': 'standard', 'strong': 'standard', 'old login': 'old-login', 'opaque': 'opaque', 'revoked': 'opaque', 'opaque expired': 'opaque-brief', 'opaque other scope': 'opaque' } as const;
/** Tokens whose user proves more than a password: what the challenge of the demonstrated operation names. */
const STRONG: readonly TokenKind[] = ['strong', 'old login'];
const STRONG_CLASS = 'urn:bank:mfa';

/** Sends the requests of the demonstration as the consumers would. */
export class Caller {
  private readonly tokens = new Map<string, Promise<string>>();

  /** @param elsewhere another environment, for tokens that must be worthless in this one */
  public constructor(private readonly here: LocalClient, private readonly elsewhere: LocalClient) {}

  /** What came of a request: its status, or no TLS connection. */
  public async outcome(request: RequestCase): Promise<Outcome> {
    const token = await this.token(request.domain, request.token, request.scope);
    try {
      const { status, headers } = await this.send(request, token);
      return request.challenge === undefined || headers['www-authenticate'] === request.challenge ? status : 'wrong challenge';
    } catch {
      return 'no handshake';
    }
  }

  /** A client of the domain, for command lines to try. */
  public client(domain: string): string {
    return CALLERS[domain] ?? '';
  }

  private send({ domain, certificate, method, path, headers, body }: RequestCase, token: string | undefined): Promise<Reply> {
    return this.here.send(domain, { method, path, headers, body, token, certificate: this.certificate(domain, certificate) });
  }

  private token(domain: string, kind: TokenKind, scope: string = NEEDED_SCOPE): Promise<string | undefined> {
    if (kind === 'none') return Promise.resolve(undefined);
    if (kind === 'garbage') return Promise.resolve('bm90IGEgdG9rZW4');
    const key = `${domain} ${kind} ${scope}`;
    const token = this.tokens.get(key) ?? this.issued(domain, kind, scope);
    this.tokens.set(key, token);
    return token;
  }

  private async issued(domain: string, kind: keyof typeof VARIANTS, scope: string): Promise<string> {
    const issuer = kind === 'other environment' ? this.elsewhere : this.here;
    const client = this.client(domain);
    const others = issuer.endpoints.domains[domain]?.clients[client]?.scopes.filter((scope) => scope !== NEEDED_SCOPE) ?? [];
    const token = await issuer.token({
      domain, client, variant: VARIANTS[kind], foreign: kind === 'foreign issuer',
      scopes: kind.endsWith('other scope') ? others.slice(0, 1) : [scope],
      ...STRONG.includes(kind) && { acrValues: STRONG_CLASS },
    });
    if (kind === 'revoked') await issuer.revoke({ domain, client }, token);
    if (kind === 'opaque expired') await setTimeout(BRIEF_LIFE_MILLISECONDS);
    return token;
  }

  private certificate(domain: string, kind: CertificateKind): CertificateFiles | undefined {
    const { endpoints } = this.here;
    const found: DomainEndpoint | undefined = endpoints.domains[domain];
    if (kind === 'none' || found?.mutualTls !== true) return undefined;
    if (kind === 'foreign') return endpoints.foreignCertificate;
    if (kind === 'unlisted') return endpoints.unlistedCertificate;
    const [own, other] = [found.clients[this.client(domain)], Object.entries(found.clients).find(([id]) => id !== this.client(domain))?.[1]];
    return kind === 'own' ? own?.certificate : other?.certificate;
  }
}
