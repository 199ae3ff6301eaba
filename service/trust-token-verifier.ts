import { createHash, randomUUID } from 'node:crypto';
import { BACKEND_ENVIRONMENT } from '../lib/contract/backend-environment';
import type { RateLimitState } from '../lib/contract/rate-limit';
import { REPLAY_TABLE_VARIABLE } from '../lib/contract/replay-table';
import { PUBLISHED_KEY_SECONDS } from '../lib/contract/signing-key';
import { JWKS_PATH, TRUST_TOKEN_TYPE, type RequesterContext, type TransactionContext, type TrustTokenClaims } from '../lib/contract/trust-token';
import { grantedScopes, optionalObject, optionalText, optionalTexts, optionalDate, requiredText, requireAudience, requireIssuer, requireLifetime } from '../runtime/claims';
import { DependencyFailure } from '../runtime/dependency-failure';
import { httpsDocumentReader } from '../runtime/https-document';
import type { JsonObject } from '../runtime/json';
import { Refusal } from '../runtime/refusal';
import { RemoteKeys, type KeySource } from '../runtime/remote-keys';
import { DynamoDbReplayStore, RememberedUses, type ReplayStore } from '../runtime/replay-store';
import { verifySignedToken } from '../runtime/signed-token';
import { TrustTokenRefused } from './trust-token-refused';

/** Which trust tokens a service accepts. */
export interface TrustTokenVerifierOptions {
  /** Trust domain of the environment, the `aud` of its tokens: `bank.example`. */
  readonly trustDomain: string;
  /** `iss` of the tokens, the https URL of the gateway that issues them. */
  readonly issuer: string;
  /** API group that the service belongs to; a token of another group is refused. Give this, `service`, or both. */
  readonly group?: string;
  /** API service; a token of another service is refused. */
  readonly service?: string;
  /** Scopes that every request must hold. @default - the gateway's decision stands */
  readonly scopes?: readonly string[];
  /**
   * Obligations of access policies that the service performs; a token that asks for another is refused.
   *
   * `tctx.obligations` of the verified token says which ones a request asks for.
   *
   * @default - none: a token with obligations is refused
   */
  readonly obligations?: readonly string[];
  /** Where the public keys are. @default - `/.well-known/jwks.json` of the issuer */
  readonly jwksUri?: string;
  /** Keys from elsewhere than a URL. @default - `jwksUri` */
  readonly keys?: KeySource;
  /** PEM of the authorities that the key server's certificate may come from. @default - those of the system */
  readonly ca?: string;
  /**
   * Remembers the tokens that were used, so that each is accepted once: `new DynamoDbReplayStore(tableArn)`, or a store of your own.
   *
   * `verify` is the use: a request that is verified twice is refused the second time.
   *
   * @default - a token is accepted until it expires, a minute after it was issued
   */
  readonly oneTimeUse?: ReplayStore;
  /** Clock difference to the gateway that is forgiven to `iat`, in seconds. @default 5 */
  readonly clockSkewSeconds?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
}

/** A trust token lives at most five minutes. */
const MAX_LIFETIME_SECONDS = 300;
const ACCEPTED = { types: [TRUST_TOKEN_TYPE], algorithms: ['ES256'], maxLength: 8192 };

/**
 * Verifies the trust tokens (draft-ietf-oauth-transaction-tokens) that the gateway sends with each request.
 *
 * Make one and keep it: it holds the gateway's public keys, reads them again when they are rotated, and works through an
 * outage of the key server for an hour.
 *
 * Look `sub` up among users only where `rctx.subject_type` is `user`. Where `rctx.implicit_trust` is true, the client speaks for
 * users of its own: what it may do for which of them is between it and the service. `rctx.acr`, `rctx.amr` and `rctx.auth_time`
 * say how the user was authenticated, for decisions that depend on more than the operation.
 *
 * @example
 * const verifier = new TrustTokenVerifier({ trustDomain: 'bank.example', issuer: 'https://api.bank.example', group: 'accounts' });
 * const claims = await verifier.verify(token);
 */
export class TrustTokenVerifier {
  /**
   * Verifies what `TRUST_DOMAIN`, `TRUST_ISSUER`, `TRUST_GROUP` and `TRUST_SERVICE` say, which the construct `BackendFunction` sets.
   *
   * With `REPLAY_TABLE_ARN`, which it sets for `oneTimeTrustTokens`, each token is accepted once.
   *
   * @param options come before the environment variable of the same meaning, and need not be set there
   * @throws TypeError that names every variable that is not set
   *
   * @example
   * const verifier = TrustTokenVerifier.fromEnvironment({ scopes: ['accounts:read'] });
   */
  static fromEnvironment(options: Partial<TrustTokenVerifierOptions> = {}): TrustTokenVerifier {
    return new TrustTokenVerifier({ ...options, ...environmentOptions(options), oneTimeUse: options.oneTimeUse ?? replayTable() });
  }

  private readonly keys: KeySource;
  private readonly clock: () => number;
  private readonly uses?: ReplayStore;

  /** @throws TypeError where neither group nor service is given, or a URL is not https */
  constructor(private readonly options: TrustTokenVerifierOptions) {
    const { issuer, group, service, ca } = options;
    if (!group && !service) {
      throw new TypeError('a service accepts the tokens of its own group or service only; write group, service, or both');
    }
    this.clock = options.clock ?? Date.now;
    this.uses = options.oneTimeUse && new RememberedUses(options.oneTimeUse, this.clock);
    this.keys = options.keys ?? new RemoteKeys({
      issuer,
      jwksUri: options.jwksUri ?? `${issuer.replace(/\/$/, '')}${JWKS_PATH}`,
      read: httpsDocumentReader(undefined, { ca }),
      clock: this.clock,
      // As long as the gateway says: a key that was revoked is refused once both have looked again.
      freshSeconds: PUBLISHED_KEY_SECONDS.fresh,
      usableThroughOutageSeconds: PUBLISHED_KEY_SECONDS.stale,
    });
  }

  /**
   * Claims of a token that is genuine, fresh, and meant for this service.
   *
   * @throws TrustTokenRefused, whose `problem` a service may answer with
   */
  async verify(token: string): Promise<TrustTokenClaims> {
    try {
      const claims = this.checked(await verifySignedToken(token, ACCEPTED, this.keys));
      await this.requireFirstUse(claims);
      return claims;
    } catch (error) {
      if (error instanceof Refusal) {
        throw new TrustTokenRefused(error.reason);
      }
      throw error instanceof DependencyFailure ? new TrustTokenRefused('dependency_failed') : error;
    }
  }

  /** Last of all, so that a token is used up only where it would have been accepted. */
  private async requireFirstUse({ txn, exp }: TrustTokenClaims): Promise<void> {
    const { trustDomain, group, service } = this.options;
    const id = createHash('sha256').update(JSON.stringify([trustDomain, group, service, txn]), 'utf8').digest('base64url');
    if (this.uses && !await this.uses.isFirst({ id, user: randomUUID(), until: exp })) {
      throw new TrustTokenRefused('token_replayed');
    }
  }

  private checked(claims: JsonObject): TrustTokenClaims {
    const { trustDomain, issuer, group, service, scopes = [], obligations = [], clockSkewSeconds = 5 } = this.options;
    requireIssuer(claims, issuer);
    requireAudience(claims, trustDomain);
    const now = Math.floor(this.clock() / 1000);
    const { issuedAt, expiresAt } = requireLifetime(claims, { now, clockSkewSeconds, maxLifetimeSeconds: MAX_LIFETIME_SECONDS });
    const tctx = transactionContext(claims);
    if (group !== undefined && tctx.group !== group) {
      throw new TrustTokenRefused('group_mismatch');
    }
    if (service !== undefined && tctx.service !== service) {
      throw new TrustTokenRefused('service_mismatch');
    }
    // The gateway permitted the request only together with what it asks of the service.
    if (!(tctx.obligations ?? []).every((obligation) => obligations.includes(obligation))) {
      throw new TrustTokenRefused('obligation_unknown');
    }
    const granted = grantedScopes(claims);
    if (!scopes.every((scope) => granted.has(scope))) {
      throw new Refusal('scope_insufficient');
    }
    return {
      iss: issuer,
      aud: trustDomain,
      iat: issuedAt,
      exp: expiresAt,
      txn: requiredText(claims, 'txn'),
      sub: requiredText(claims, 'sub'),
      scope: [...granted].join(' '),
      req_wl: requiredText(claims, 'req_wl'),
      rctx: requesterContext(claims),
      tctx,
    };
  }
}

/** Verifies one token; a service that verifies more than one keeps a `TrustTokenVerifier`, which keeps the keys. */
export async function verifyTrustToken(token: string, options: TrustTokenVerifierOptions): Promise<TrustTokenClaims> {
  return new TrustTokenVerifier(options).verify(token);
}

/** An empty variable is one that a deployment forgot to fill, and no table: that is refused too. */
function replayTable(): ReplayStore | undefined {
  const arn = process.env[REPLAY_TABLE_VARIABLE];
  return arn === undefined ? undefined : new DynamoDbReplayStore(arn);
}

type EnvironmentOption = keyof typeof BACKEND_ENVIRONMENT;

/** The options that the environment variables give, where they are not given already. */
function environmentOptions(given: Partial<TrustTokenVerifierOptions>): Record<EnvironmentOption, string> {
  const entries = (Object.keys(BACKEND_ENVIRONMENT) as EnvironmentOption[]).map((option) => [option, given[option] ?? process.env[BACKEND_ENVIRONMENT[option]]] as const);
  // An empty variable is one that a deployment forgot to fill.
  const missing = entries.filter(([, value]) => !value).map(([option]) => BACKEND_ENVIRONMENT[option]);
  if (missing.length > 0) {
    throw new TypeError(`a service needs to know whose tokens it accepts, got no ${missing.join(', ')}; write a BackendFunction, which sets them, or the options of TrustTokenVerifier`);
  }
  return Object.fromEntries(entries) as Record<EnvironmentOption, string>;
}

function transactionContext(claims: JsonObject): TransactionContext {
  const context = optionalObject(claims, 'tctx') ?? {};
  return {
    environment: requiredText(context, 'environment'),
    security_domain: requiredText(context, 'security_domain'),
    group: requiredText(context, 'group'),
    service: requiredText(context, 'service'),
    operation: requiredText(context, 'operation'),
    method: requiredText(context, 'method'),
    resource: requiredText(context, 'resource'),
    policies: optionalTexts(context, 'policies'),
    obligations: optionalTexts(context, 'obligations'),
    rate_limit: rateLimit(context),
    marking: optionalText(context, 'marking'),
    classification: optionalText(context, 'classification'),
  };
}

/** What is told to the caller, and decides nothing: three whole numbers, or nothing. */
function rateLimit(context: JsonObject): RateLimitState | undefined {
  const { limit, remaining, reset } = optionalObject(context, 'rate_limit') ?? {};
  return [limit, remaining, reset].every(Number.isSafeInteger) ? { limit, remaining, reset } as RateLimitState : undefined;
}

/** Ways of authentication that bind an access token to its client. */
const STRONGER = ['urn:ietf:rfc:8705', 'urn:ietf:rfc:9449'] as const;

function requesterContext(claims: JsonObject): RequesterContext {
  const context = optionalObject(claims, 'rctx') ?? {};
  return {
    req_ip: requiredText(context, 'req_ip'),
    authn: STRONGER.find((known) => known === context.authn) ?? 'urn:ietf:rfc:6749',
    client_id: requiredText(context, 'client_id'),
    consumer: requiredText(context, 'consumer'),
    client_type: requiredText(context, 'client_type'),
    // Whatever is not said to be a user is not taken for one.
    subject_type: context.subject_type === 'user' ? 'user' : 'client',
    ...(context.implicit_trust === true && { implicit_trust: true }),
    'x5t#S256': optionalText(context, 'x5t#S256'),
    jkt: optionalText(context, 'jkt'),
    acr: optionalText(context, 'acr'),
    amr: optionalTexts(context, 'amr'),
    auth_time: optionalDate(context, 'auth_time'),
  };
}
