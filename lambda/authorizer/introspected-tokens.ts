import { createHash } from 'node:crypto';
import type { RefusalReason } from '../../lib/contract/audit-record';
import type { AccessTokenPolicy, IntrospectionPolicy } from '../../lib/contract/authorizer-configuration';
import { requireIssuer } from '../../runtime/claims';
import { seconds, type Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import type { JsonObject } from '../../runtime/json';
import { Refusal } from '../../runtime/refusal';
import { accessTokenOf, type AccessToken } from './access-token';
import { MAX_ACCESS_TOKEN_LENGTH } from './presented-token';
import { BoundedCache } from './bounded-cache';

/** Gives what the issuer says of a token; rejects with `DependencyFailure`, or with `Refusal` where it takes no question about it. */
export interface TokenAnswers {
  answer(token: string): Promise<JsonObject>;
}

/** What introspected tokens depend on. */
export interface IntrospectedTokensProps {
  readonly policy: AccessTokenPolicy & { readonly introspection: IntrospectionPolicy };
  readonly endpoint: TokenAnswers;
  readonly clock: Clock;
  /** Told of each question that got no usable answer. */
  readonly onFailure?: (failure: DependencyFailure) => void;
}

/** Most tokens that one process remembers, good ones and refused ones apart: a flood of bad tokens displaces no good one. */
export const MAX_REMEMBERED_TOKENS = 1000;
/** Most questions that one process has open; callers beyond are refused at once, so that a flood cannot fill its memory. */
export const MAX_OPEN_QUESTIONS = 16;
/** A refused token is asked about again soon: the issuer's replicas may not have known it yet. */
const REFUSED_SECONDS = 5;
/** RFC 6750 section 2.1. */
const BEARER_TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;
/** How a token may be used (RFC 6750, RFC 9449 section 5). */
const TOKEN_TYPES = ['bearer', 'dpop'];

/** True for a token that cannot be a signed JWT, which has two dots: that one is never introspected, whatever is wrong with it. */
export function isOpaque(token: string): boolean {
  return token.split('.', 4).length !== 3;
}

/**
 * Access tokens that only their issuer can read (RFC 7662), remembered by their SHA-256 digest for a bounded time.
 *
 * Each token is asked about once for all who send it meanwhile. Without an answer it is refused, unless one is remembered.
 */
export class IntrospectedTokens {
  private readonly good = new BoundedCache<AccessToken>(MAX_REMEMBERED_TOKENS);
  private readonly refused = new BoundedCache<RefusalReason>(MAX_REMEMBERED_TOKENS);
  private readonly open = new Map<string, Promise<AccessToken>>();

  constructor(private readonly props: IntrospectedTokensProps) {}

  /** @throws Refusal, DependencyFailure */
  async token(token: string): Promise<AccessToken> {
    if (token.length > MAX_ACCESS_TOKEN_LENGTH) {
      throw new Refusal('token_too_large');
    }
    if (!BEARER_TOKEN.test(token)) {
      throw new Refusal('token_malformed');
    }
    const key = createHash('sha256').update(token, 'latin1').digest('base64');
    const now = this.props.clock();
    const known = this.good.get(key, now);
    if (known) {
      return known;
    }
    const reason = this.refused.get(key, now);
    if (reason) {
      throw new Refusal(reason);
    }
    return this.open.get(key) ?? this.asked(key, token);
  }

  private asked(key: string, token: string): Promise<AccessToken> {
    if (this.open.size >= MAX_OPEN_QUESTIONS) {
      throw new DependencyFailure('introspection', 'too many questions are open');
    }
    const question = this.answered(key, token).finally(() => { this.open.delete(key); });
    this.open.set(key, question);
    return question;
  }

  private async answered(key: string, token: string): Promise<AccessToken> {
    const { policy, endpoint, clock, onFailure } = this.props;
    // What is remembered is as old as its question.
    const askedAt = clock();
    try {
      const known = activeToken(await endpoint.answer(token), policy, seconds(clock));
      this.good.set(key, known, Math.min(askedAt + policy.introspection.cacheSeconds * 1000, known.expiresAt * 1000));
      return known;
    } catch (error) {
      if (error instanceof Refusal) {
        this.refused.set(key, error.reason, askedAt + Math.min(policy.introspection.cacheSeconds, REFUSED_SECONDS) * 1000);
      } else if (error instanceof DependencyFailure) {
        onFailure?.(error);
      }
      throw error;
    }
  }
}

/** @throws Refusal; DependencyFailure where the answer is none of RFC 7662 section 2.2 */
function activeToken(answer: JsonObject, policy: IntrospectedTokensProps['policy'], now: number): AccessToken {
  if (answer.active === false) {
    throw new Refusal('token_inactive');
  }
  if (answer.active !== true) {
    throw new DependencyFailure(new URL(policy.introspection.endpoint).host, 'the answer does not say whether the token is active');
  }
  if (answer.iss !== undefined || policy.introspection.issuerRequired) {
    requireIssuer(answer, policy.issuer);
  }
  // A refresh token is active too, and has no type.
  const type = typeof answer.token_type === 'string' ? answer.token_type.toLowerCase() : '';
  if (!TOKEN_TYPES.includes(type)) {
    throw new Refusal('token_type');
  }
  // A token without a user is about its client (RFC 9068 section 2.2); that a client with users has none is refused later.
  const token = accessTokenOf({ ...answer, sub: answer.sub ?? answer.client_id }, policy, now);
  // A DPoP token whose key the issuer does not tell could be used by anybody.
  if (type === 'dpop' && token.boundKey === undefined) {
    throw new Refusal('token_type');
  }
  return token;
}
