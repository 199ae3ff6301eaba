import { isJsonObject, type JsonObject } from './json';
import { Refusal } from './refusal';

const MAX_TEXT_LENGTH = 512;
/** The last second of the year 9999. */
const MAX_DATE = 253_402_300_799;

/** Text of a required claim, 1 to 512 characters. @throws Refusal `claims_invalid` */
export function requiredText(claims: JsonObject, name: string): string {
  const value = optionalText(claims, name);
  if (value === undefined) {
    throw new Refusal('claims_invalid');
  }
  return value;
}

/** Text of a claim that may be absent. @throws Refusal `claims_invalid` */
export function optionalText(claims: JsonObject, name: string): string | undefined {
  const value = claims[name];
  if (value !== undefined && (typeof value !== 'string' || value.length === 0 || value.length > MAX_TEXT_LENGTH)) {
    throw new Refusal('claims_invalid');
  }
  return value;
}

/** Seconds since the epoch of a claim that may be absent. @throws Refusal `claims_invalid` */
export function optionalDate(claims: JsonObject, name: string): number | undefined {
  const value = claims[name];
  if (value !== undefined && (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_DATE)) {
    throw new Refusal('claims_invalid');
  }
  return value;
}

/** An object claim that may be absent. @throws Refusal `claims_invalid` */
export function optionalObject(claims: JsonObject, name: string): JsonObject | undefined {
  const value = claims[name];
  if (value !== undefined && !isJsonObject(value)) {
    throw new Refusal('claims_invalid');
  }
  return value;
}

/** A list of texts that may be absent. @throws Refusal `claims_invalid` */
export function optionalTexts(claims: JsonObject, name: string): readonly string[] | undefined {
  const value = claims[name];
  if (value === undefined) {
    return undefined;
  }
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new Refusal('claims_invalid');
  }
  return value;
}

/** Scopes of the `scope` claim, space separated (RFC 8693 section 4.2); none where it is absent. @throws Refusal `claims_invalid` */
export function grantedScopes(claims: JsonObject): ReadonlySet<string> {
  const { scope } = claims;
  if (scope !== undefined && typeof scope !== 'string') {
    throw new Refusal('claims_invalid');
  }
  const names = new Set((scope ?? '').split(' '));
  names.delete('');
  return names;
}

/** @throws Refusal `issuer_mismatch` */
export function requireIssuer(claims: JsonObject, issuer: string): void {
  if (claims.iss !== issuer) {
    throw new Refusal('issuer_mismatch');
  }
}

/** @throws Refusal `audience_mismatch` where `aud`, a text or a list of texts, does not hold the audience */
export function requireAudience(claims: JsonObject, audience: string): void {
  const { aud } = claims;
  const audiences = Array.isArray(aud) ? aud : [aud];
  if (!audiences.every((item) => typeof item === 'string') || !audiences.includes(audience)) {
    throw new Refusal('audience_mismatch');
  }
}

/** Bounds on when a token is good; in seconds. */
export interface LifetimeBounds {
  readonly now: number;
  /** Clock difference to the issuer that is forgiven to `iat` and `nbf`. `exp` is taken as it stands. */
  readonly clockSkewSeconds: number;
  /** Largest `exp - iat`. */
  readonly maxLifetimeSeconds: number;
}

/** When a token was issued and when it expires; in seconds since the epoch. */
export interface Lifetime {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** @throws Refusal `claims_invalid`, `token_expired`, `token_not_yet_valid`, `token_lifetime` */
export function requireLifetime(claims: JsonObject, { now, clockSkewSeconds, maxLifetimeSeconds }: LifetimeBounds): Lifetime {
  const issuedAt = optionalDate(claims, 'iat');
  const expiresAt = optionalDate(claims, 'exp');
  const notBefore = optionalDate(claims, 'nbf') ?? issuedAt;
  if (issuedAt === undefined || expiresAt === undefined || notBefore === undefined || expiresAt <= issuedAt) {
    throw new Refusal('claims_invalid');
  }
  if (now >= expiresAt) {
    throw new Refusal('token_expired');
  }
  if (Math.max(issuedAt, notBefore) > now + clockSkewSeconds) {
    throw new Refusal('token_not_yet_valid');
  }
  if (expiresAt - issuedAt > maxLifetimeSeconds) {
    throw new Refusal('token_lifetime');
  }
  return { issuedAt, expiresAt };
}
