import { readFileSync } from 'node:fs';
import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';
import { VERIFIED_PERMISSIONS } from '../../lib/contract/policy-store';
import { isJsonObject, type JsonObject } from '../../runtime/json';
import { isSignatureAlgorithm } from '../../runtime/verification-key';

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string' && value !== '';
const between = (min: number, max: number): Check => (value) => typeof value === 'number' && value >= min && value <= max;

/** A misspelled limit would limit nothing. */
const isRateLimit: Check = (value) => isJsonObject(value) && between(1, Number.MAX_SAFE_INTEGER)(value.requests) && between(1, 86_400)(value.windowSeconds);

const REVOCATION_MEMBERS: Readonly<Record<string, Check>> = {
  partner: text,
  authorities: (value) => Array.isArray(value) && value.every(text),
  lists: (value) => Array.isArray(value) && value.length > 0 && value.every((url) => typeof url === 'string' && url.startsWith('https://')),
  refreshSeconds: between(60, 3600),
  usableThroughOutageSeconds: between(300, 86_400),
  maxAgeSeconds: (value) => value === undefined || between(3600, 400 * 86_400)(value),
};
const MEMBERS: Readonly<Record<keyof AuthorizerConfiguration, Check>> = {
  environment: text,
  securityDomain: text,
  trustDomain: text,
  trustIssuer: text,
  trustTokenSeconds: between(1, 300),
  accessToken: isJsonObject,
  mutualTls: (value) => typeof value === 'boolean',
  revocation: (value) => value === undefined || (Array.isArray(value) && value.every((policy) => isJsonObject(policy) && Object.keys(REVOCATION_MEMBERS).every((name) => REVOCATION_MEMBERS[name]?.(policy[name])) && (policy.privateAuthorities === true || String(policy.authorities) !== ''))),
  proof: (value) => value === undefined || (isJsonObject(value) && text(value.host)),
  clients: isJsonObject,
  canaries: (value) => value === undefined || (Array.isArray(value) && value.every(text)),
  operations: isJsonObject,
  policyDecisionPoint: (value) => value === undefined || value === VERIFIED_PERMISSIONS,
  accessPolicies: (value) => value === undefined || isJsonObject(value),
  rateLimits: (value) => value === undefined || (isJsonObject(value) && Object.values(value).every(isRateLimit)),
};
const INTROSPECTION_MEMBERS: Readonly<Record<string, Check>> = {
  endpoint: (value) => typeof value === 'string' && value.startsWith('https://'),
  clientId: text,
  secretName: text,
  cacheSeconds: between(0, 300),
  issuerRequired: (value) => typeof value === 'boolean',
};
const ACCESS_TOKEN_MEMBERS: Readonly<Record<string, Check>> = {
  issuer: text,
  audience: text,
  algorithms: (value) => Array.isArray(value) && value.length > 0 && value.every(isSignatureAlgorithm),
  maxLifetimeSeconds: between(1, 86_400),
  clockSkewSeconds: between(0, 300),
  keysUsableThroughOutageSeconds: between(300, 86_400),
  introspection: (value) => value === undefined || (isJsonObject(value) && Object.keys(INTROSPECTION_MEMBERS).every((name) => INTROSPECTION_MEMBERS[name]?.(value[name]))),
};

/**
 * The declaration that the constructs put beside the handler.
 *
 * @throws Error at start where a member is missing or out of bounds, so that a wrong deployment refuses everything
 */
export function readConfiguration(path: string): AuthorizerConfiguration {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const configuration = isJsonObject(value) ? value : {};
  requireMembers(configuration, MEMBERS);
  requireMembers(configuration.accessToken as JsonObject, ACCESS_TOKEN_MEMBERS);
  return configuration as unknown as AuthorizerConfiguration;
}

function requireMembers(value: JsonObject, checks: Readonly<Record<string, Check>>): void {
  const wrong = Object.keys(checks).find((name) => !checks[name]?.(value[name]));
  if (wrong !== undefined) {
    throw new Error(`authorizer configuration: ${wrong} is missing or out of bounds`);
  }
}
