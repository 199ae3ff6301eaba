import { randomBytes } from 'node:crypto';
import type { IntrospectionPolicy } from '../../lib/contract/authorizer-configuration';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import type { FormPoster, FormReply } from '../../runtime/https-form';
import { parseJsonObject, type JsonObject } from '../../runtime/json';
import { Refreshed } from '../../runtime/refreshed';
import { Refusal } from '../../runtime/refusal';
import type { SecretReader } from './secret-reader';

/** The secret is read again every five minutes, used a quarter of an hour while it cannot be, and read again when it is refused. */
const SECRET_FRESHNESS = { freshSeconds: 300, staleSeconds: 900, retrySeconds: 1 };
/** Shortest time between two reads of the secret that refusals ask for, in seconds. */
const REFUSED_SECRET_PAUSE_SECONDS = 30;
const UNAUTHORIZED = 401;
/** Unauthorized, Proxy Authentication Required, Request Timeout, Too Many Requests. */
const ABOUT_THE_GATEWAY = [UNAUTHORIZED, 407, 408, 429];
/** How long an answer about any token shows that the endpoint works. */
const ANSWERED_SECONDS = 5;
/** Pause after a question that got no answer for as long, so that an endpoint that hangs does not hold up every caller. */
const SILENCE_PAUSE_SECONDS = 1;

/**
 * Asks an authorization server about tokens (RFC 7662), as a client of its own by `client_secret_basic`.
 *
 * Its failures never quote a token, an answer or the secret.
 */
export class IntrospectionEndpoint {
  private readonly url: URL;
  private readonly secret: Refreshed<string>;
  private silentAt = Number.NEGATIVE_INFINITY;
  private answeredAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly policy: IntrospectionPolicy, read: SecretReader, private readonly post: FormPoster, private readonly clock: Clock,
    onSecretFailure?: (failure: DependencyFailure) => void,
  ) {
    this.url = new URL(policy.endpoint);
    const name = `secret ${policy.secretName}`;
    this.secret = new Refreshed(name, async () => clientSecret(name, await read('AWSCURRENT')), SECRET_FRESHNESS, clock, onSecretFailure);
  }

  /** The answer about a token. @throws Refusal where the endpoint refuses the question about this token only; DependencyFailure */
  async answer(token: string): Promise<JsonObject> {
    let secret = this.secret.fresh() ?? await this.secret.value();
    let reply = await this.asked(token, secret);
    if (reply.status === UNAUTHORIZED) {
      // The secret may have been replaced; whoever holds the old one only is told again.
      const refused = secret;
      secret = await this.secret.renewed(REFUSED_SECRET_PAUSE_SECONDS);
      reply = secret === refused ? reply : await this.asked(token, secret);
    }
    if (refusesTheQuestion(reply) && await this.answersOthers(secret)) {
      throw new Refusal('token_inactive', `${this.url.host}: status ${reply.status}`);
    }
    return this.parsed(reply);
  }

  /**
   * True where the endpoint answers about another token: what it refuses, as a firewall before it may, is then this one.
   *
   * Whoever sends tokens could otherwise make every one of them look like an outage.
   */
  private async answersOthers(secret: string): Promise<boolean> {
    if (this.clock() - this.answeredAt >= ANSWERED_SECONDS * 1000) {
      try {
        this.parsed(await this.asked(randomBytes(16).toString('hex'), secret));
      } catch {
        return false;
      }
    }
    return this.clock() - this.answeredAt < ANSWERED_SECONDS * 1000;
  }

  private async asked(token: string, secret: string): Promise<FormReply> {
    // An answer that is no use does not count: a caller could bring about one for everybody else.
    const askedAt = this.clock();
    if (askedAt - this.silentAt < SILENCE_PAUSE_SECONDS * 1000) {
      throw new DependencyFailure(this.url.host, 'failed a moment ago');
    }
    const credentials = Buffer.from(`${formEncoded(this.policy.clientId)}:${formEncoded(secret)}`, 'utf8').toString('base64');
    try {
      return await this.post(this.url, { token, token_type_hint: 'access_token' }, { authorization: `Basic ${credentials}` });
    } catch (failure) {
      // A connection that is reset at once holds nobody up, and a token that the endpoint's server chokes on could bring it about.
      if (this.clock() - askedAt >= SILENCE_PAUSE_SECONDS * 1000) {
        this.silentAt = this.clock();
      }
      throw failure;
    }
  }

  private parsed({ status, body }: FormReply): JsonObject {
    if (status !== 200) {
      throw new DependencyFailure(this.url.host, `status ${status}`);
    }
    if (!body) {
      throw new DependencyFailure(this.url.host, 'the answer is broken off or too large');
    }
    try {
      const answer = parseJsonObject(body);
      this.answeredAt = typeof answer.active === 'boolean' ? this.clock() : this.answeredAt;
      return answer;
    } catch {
      throw new DependencyFailure(this.url.host, 'the answer is not a JSON object');
    }
  }
}

/** True for a status that a token could bring about; the others of its kind are about the gateway, or about time. */
function refusesTheQuestion({ status }: FormReply): boolean {
  return status >= 400 && status < 500 && !ABOUT_THE_GATEWAY.includes(status);
}

/** A text as the two halves of Basic credentials carry it (RFC 6749 section 2.3.1 and appendix B). */
export function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1);
}

// The console of Secrets Manager writes JSON objects where nothing else is asked for.
function clientSecret(name: string, value: string | undefined): string {
  const secret = value?.startsWith('{') ? memberOf(value) : value;
  if (typeof secret !== 'string' || secret === '') {
    throw new DependencyFailure(name, 'holds no client secret');
  }
  return secret;
}

function memberOf(value: string): unknown {
  try {
    return parseJsonObject(Buffer.from(value, 'utf8')).client_secret;
  } catch {
    return undefined;
  }
}
