import { setTimeout } from 'node:timers/promises';
import { CertificateAuthority } from '../local/peer/certificate-authority';
import type { AssessmentCase, IssuedToken, RequestProbe } from './assessment-case';
import type { AssessedDomain } from './assessed-environment';
import { failureName, isUnreachable } from './connection-failure';
import { shortcomings } from './expectation';
import { forgedToken, type Forgery } from './forged-token';
import { handshake } from './handshake';
import { httpsExchange, type HttpsExchange, type HttpsReply } from './https-exchange';
import type { Pace } from './pace';
import { quotable } from './quotable';
import type { CaseResult } from './result';
import { Untestable, type CertificatePair, type Endpoint, type Target } from './target';

const TOO_MANY = 429;
const MOST_TRIALS = 4;
const LONGEST_WAIT_SECONDS = 5;
const LEAST_PART = 16;

type Outcome = Pick<CaseResult, 'state' | 'got' | 'reason'>;

/** Longest time that a token is used again; issuers here give minutes. */
const TOKEN_REUSE_MILLISECONDS = 45_000;

/** Sends what a case says, as the caller that it names, and judges what comes back. */
export class Prober {
  private readonly tokens = new Map<string, { readonly token: Promise<string>; readonly until: number }>();
  private foreign: Promise<CertificatePair> | undefined;

  constructor(private readonly target: Target, private readonly domains: readonly AssessedDomain[], private readonly pace: Pace) {}

  /** Tries one case. */
  public async outcome({ domain: name, probe }: AssessmentCase): Promise<Outcome> {
    const endpoint = this.target.endpoint(name);
    const domain = this.domains.find(({ securityDomain }) => securityDomain === name);
    if (endpoint === undefined || domain === undefined) return { state: 'skipped', reason: `the target has no ${name} domain` };
    try {
      if (probe.kind === 'handshake') {
        // Whoever brings no certificate is refused whatever is offered, which shows nothing of what is offered.
        const certificate = domain.mutualTls ? this.own(name) : undefined;
        await this.pace.turn();
        const { holds, got } = await handshake(probe, endpoint, certificate);
        return { state: holds ? 'held' : 'failed', got: quotable(got) };
      }
      return await this.request(probe, domain, endpoint);
    } catch (error) {
      if (error instanceof Untestable) return { state: 'skipped', reason: error.message };
      throw error;
    }
  }

  private async request(probe: RequestProbe, domain: AssessedDomain, endpoint: Endpoint): Promise<Outcome> {
    const certificate = probe.plain === true ? undefined : await this.certificate(probe, domain);
    const { authorization, query } = await this.credentials(probe, domain);
    const apiKey = this.apiKey(probe, domain);
    const path = query === undefined ? probe.path : `${probe.path}${probe.path.includes('?') ? '&' : '?'}${query}`;
    const headers = { ...probe.headers, ...authorization !== undefined && { authorization }, ...apiKey !== undefined && { 'x-api-key': apiKey }, ...probe.host !== undefined && { host: probe.host } };
    const exchange = { endpoint, method: probe.method, path, headers, body: probe.body, certificate, plain: probe.plain };
    try {
      const replies = probe.times === undefined ? [await this.patiently(exchange)] : await this.atOnce(exchange, probe.times);
      const [reply] = replies.sort((a, b) => b.status - a.status) as [HttpsReply];
      return judged(probe, reply, secretsOf(authorization, apiKey));
    } catch (error) {
      const holds = probe.expected.orNoAnswer === true && !isUnreachable(error);
      return { state: holds ? 'held' : 'failed', got: `no answer: ${failureName(error)}` };
    }
  }

  /** Sends again what was too much for a consumer's rate, as the answer asks; a gateway that refuses everybody so does not get away with it. */
  private async patiently(exchange: HttpsExchange): Promise<HttpsReply> {
    for (let trial = 1; ; trial += 1) {
      await this.pace.turn();
      const reply = await httpsExchange(exchange);
      if (reply.status !== TOO_MANY || trial === MOST_TRIALS) return reply;
      await setTimeout(Math.min(Number(reply.headers['retry-after']) || 1, LONGEST_WAIT_SECONDS) * 1000);
    }
  }

  private async atOnce(exchange: HttpsExchange, times: number): Promise<HttpsReply[]> {
    await this.pace.turn(times);
    return Promise.all(Array.from({ length: times }, () => httpsExchange(exchange)));
  }

  private async credentials({ token }: RequestProbe, domain: AssessedDomain): Promise<Forgery> {
    if (token === undefined) return {};
    if ('forged' in token) return forgedToken(token, domain.configuration);
    if (!this.target.clients(domain.securityDomain).includes(token.client)) {
      const clients = this.target.clients(domain.securityDomain);
      throw new Untestable(clients.length === 0 ? `no credentials were given for a client of the ${domain.securityDomain} domain` : `it needs the credentials of ${token.client}`);
    }
    return { authorization: `Bearer ${await this.token(domain.securityDomain, token)}` };
  }

  private token(domain: string, wanted: IssuedToken): Promise<string> {
    const name = JSON.stringify([domain, wanted]);
    const found = this.tokens.get(name);
    if (found !== undefined && found.until > Date.now()) return found.token;
    const token = this.target.token(domain, wanted);
    this.tokens.set(name, { token, until: Date.now() + TOKEN_REUSE_MILLISECONDS });
    return token;
  }

  private async certificate({ certificate, token }: RequestProbe, { mutualTls, securityDomain }: AssessedDomain): Promise<CertificatePair | undefined> {
    if (!mutualTls || certificate === 'none') return undefined;
    if (certificate === 'foreign') return this.foreign ??= foreignCertificate();
    return this.own(securityDomain, token !== undefined && 'client' in token ? token.client : undefined);
  }

  private own(securityDomain: string, client?: string): CertificatePair {
    const own = this.target.certificate(securityDomain, client);
    if (own === undefined) throw new Untestable(client === undefined ? `no client certificate was given for the ${securityDomain} domain` : `it needs the certificate of ${client}`);
    return own;
  }

  private apiKey({ apiKey, token }: RequestProbe, { securityDomain, configuration }: AssessedDomain): string | undefined {
    if (apiKey === 'none' || token === undefined || !('client' in token)) return undefined;
    const key = this.target.apiKey(securityDomain, token.client);
    if (key === undefined && configuration?.clients[token.client]?.apiKeySecret !== undefined) throw new Untestable(`it needs the API key of ${token.client}`);
    return key;
  }
}

/** Longest first; a part of a token is as little a report's as all of it. */
function secretsOf(authorization: string | undefined, apiKey: string | undefined): (string | undefined)[] {
  const token = authorization?.slice(authorization.indexOf(' ') + 1);
  return [authorization, token, ...(token?.split('.').filter(({ length }) => length >= LEAST_PART) ?? []), apiKey];
}

function judged({ expected }: RequestProbe, reply: HttpsReply, secrets: readonly (string | undefined)[]): Outcome {
  const undecided = expected.inconclusive?.[reply.status];
  if (undecided !== undefined) return { state: 'skipped', reason: undecided };
  const missing = shortcomings(expected, reply);
  return missing.length === 0 ? { state: 'held', got: `status ${reply.status}` } : { state: 'failed', got: quotable(missing.join('; '), secrets) };
}

/** Good in itself, and issued by nobody whom a gateway knows. */
async function foreignCertificate(): Promise<CertificatePair> {
  const authority = await CertificateAuthority.create('Assessment');
  const { certificate, privateKey } = await authority.issue({ subject: 'CN=assessment', usage: 'client' });
  return { cert: certificate, key: privateKey };
}
