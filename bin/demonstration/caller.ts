import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { LocalClient } from '../../local/client';
import { DpopKey } from '../../local/dpop-key';
import type { CertificateFiles, DomainEndpoint } from '../../local/endpoints';
import type { Reply } from '../../local/exchange';
import { messageSignature } from '../../local/message-signature';
import { apiKey } from '../../lambda/api-key-value';
import type { ApiKeyKind, CertificateKind, Outcome, ProofKind, RequestCase, TokenKind } from './request-case';

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
    const token = await this.token(request, request.token);
    try {
      const replies = await Promise.all(Array.from({ length: request.times ?? 1 }, () => this.send(request, token)));
      const wrong = replies.some(({ headers }) => request.challenge !== undefined && headers['www-authenticate'] !== request.challenge);
      if (wrong) return 'wrong challenge';
      return request.limit === undefined || tellsLimit(replies, request.limit) ? Math.max(...replies.map(({ status }) => status)) : 'wrong limit';
    } catch {
      return 'no handshake';
    }
  }

  /** A client of the domain, for command lines to try. */
  public client(domain: string): string {
    return CALLERS[domain] ?? '';
  }

  private async send(request: RequestCase, token: string | undefined): Promise<Reply> {
    const { domain, certificate, method, body, apiKey: kind = 'own' } = request;
    const key = this.apiKey(request, kind);
    const path = key !== undefined && kind === 'in the query string' ? `${request.path}?x-api-key=${key}` : request.path;
    const headers = { ...this.proofHeaders(request, token), ...request.headers, ...key !== undefined && path === request.path && { 'x-api-key': key } };
    const signed = { ...headers, ...this.signatureHeaders(request) };
    const sent = (): Promise<Reply> => this.here.send(domain, { method, path, headers: signed, body, token, certificate: this.certificate(domain, certificate) });
    if (request.proof === 'used' || request.signature === 'used') await sent();
    return sent();
  }

  /** What a client that proves possession sends: `Authorization` in place of a bearer's, and the proof. */
  private proofHeaders({ domain, method, path, proof }: RequestCase, token = ''): { readonly [name: string]: string | string[] } {
    if (proof === undefined) return {};
    const proofOf = (changes: object = {}, key?: DpopKey): string => this.here.proof(domain, { method, path, token, ...changes }, key);
    const proofs: { readonly [kind in ProofKind]: readonly string[] } = {
      'own': [proofOf()], 'used': [proofOf()], 'as bearer': [proofOf()], 'twice': [proofOf(), proofOf()], 'none': [],
      'of another key': [proofOf({}, new DpopKey())], 'for another URL': [proofOf({ path: '/rates/exchange' })],
      'for another method': [proofOf({ method: 'POST' })], 'for another token': [proofOf({ token: `${token}x` })],
    };
    return { authorization: `${proof === 'as bearer' ? 'Bearer' : 'DPoP'} ${token}`, ...(proofs[proof].length > 0 && { dpop: [...proofs[proof]] }) };
  }

  /** The signature of the message, made of something else than what is sent where a case says so. */
  private signatureHeaders(request: RequestCase): { readonly [name: string]: string } {
    const { signature: kind, domain, method, path, headers, body } = request;
    const { hostName = '', clients = {} } = this.here.endpoints.domains[domain] ?? {};
    const key = clients[this.sender(request)]?.signingKey;
    if (kind === undefined || key === undefined) return {};
    const other = kind === 'of another key' ? { ...key, keyFile: clients[this.sender(request)]?.certificate?.keyFile ?? '' } : key;
    return messageSignature({
      method, authority: hostName, contentType: headers['content-type'],
      path: kind === 'of another path' ? `${path}/other` : path, body: kind === 'of another body' ? `${body} ` : body,
    }, other);
  }

  private apiKey(request: RequestCase, kind: ApiKeyKind): string | undefined {
    const clients = this.here.endpoints.domains[request.domain]?.clients ?? {};
    const sender = this.sender(request);
    if (kind === 'none') return undefined;
    if (kind === 'wrong') return apiKey(randomBytes(32));
    if (kind === 'other client') return Object.entries(clients).find(([id, { apiKey: key }]) => id !== sender && key !== undefined)?.[1].apiKey;
    return clients[sender]?.apiKey;
  }

  private sender({ client, domain }: RequestCase): string {
    return client ?? this.client(domain);
  }

  private token(request: RequestCase, kind: TokenKind): Promise<string | undefined> {
    if (kind === 'none') return Promise.resolve(undefined);
    if (kind === 'garbage') return Promise.resolve('bm90IGEgdG9rZW4');
    const { domain, scope = NEEDED_SCOPE } = request;
    const bound = request.certificate === 'revoked' ? this.certificate(domain, 'revoked') : undefined;
    const key = [domain, kind, this.sender(request), scope, bound?.certificateFile].join(' ');
    const token = this.tokens.get(key) ?? this.issued(domain, kind, this.sender(request), scope, bound);
    this.tokens.set(key, token);
    return token;
  }

  private async issued(domain: string, kind: keyof typeof VARIANTS, client: string, needed: string, certificate?: CertificateFiles): Promise<string> {
    const issuer = kind === 'other environment' ? this.elsewhere : this.here;
    const others = issuer.endpoints.domains[domain]?.clients[client]?.scopes.filter((scope) => scope !== needed) ?? [];
    const token = await issuer.token({
      domain, client, certificate, variant: VARIANTS[kind], foreign: kind === 'foreign issuer',
      scopes: kind.endsWith('other scope') ? others.slice(0, 1) : [needed],
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
    if (kind === 'revoked') return own?.revokedCertificate;
    return kind === 'own' ? own?.certificate : other?.certificate;
  }
}

/** Whether a caller learns its limit, what is left of it and when it has all of it again; of several, who was refused for it. */
function tellsLimit(replies: readonly Reply[], limit: number): boolean {
  const [first, ...others] = replies;
  const told = others.length === 0 ? [first!] : replies.filter(({ status, headers }) => status === 429 && headers['x-rate-limit-limit'] !== undefined);
  const now = Math.floor(Date.now() / 1000);
  return told.length > 0 && told.every(({ status, headers }) => {
    const [remaining, reset, retryAfter] = ['x-rate-limit-remaining', 'x-rate-limit-reset', 'retry-after'].map((name) => Number(headers[name]));
    const refused = status === 429;
    return headers['x-rate-limit-limit'] === String(limit) && (refused ? remaining === 0 && retryAfter! > 0 : remaining! < limit) && reset! >= now;
  });
}
