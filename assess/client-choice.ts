import type { AuthorizerConfiguration, ClientPolicy, OperationPolicy } from '../lib/contract/authorizer-configuration';
import type { IssuedToken } from './assessment-case';
import type { AssessedApi, AssessedDomain, AssessedOperation } from './assessed-environment';

/** A client with a user may be asked for a stronger login. */
const HAS_USER = ['browser', 'native', 'application'];

/** An operation that the authorizer knows, and who may call it. */
export interface Callable {
  readonly operation: AssessedOperation;
  /** A good token for it. */
  readonly token: IssuedToken;
}

/** How to call an operation rightly; nothing where no client of the domain that holds a bearer token may. */
export function callable(domain: AssessedDomain, operation: AssessedOperation): Callable | undefined {
  const { configuration } = domain;
  const { policy } = operation;
  if (configuration === undefined || policy === undefined) return undefined;
  const asksForUser = policy.authentication !== undefined;
  for (const [client, facts] of subscribed(configuration, policy.group, domain.mutualTls)) {
    if (asksForUser && !HAS_USER.includes(facts.type)) continue;
    const granted = clientScopes(configuration, facts);
    const scopes = satisfied(policy, granted);
    if (scopes !== undefined) return { operation, token: { client, scopes, ...asksForUser && { acrValues: policy.authentication?.acrValues ?? [] } } };
  }
  return undefined;
}

/** A token of a client that may call the operation, without its scopes; nothing where every token of a client is enough. */
export function withoutScopes(domain: AssessedDomain, operation: AssessedOperation): IssuedToken | undefined {
  const { configuration } = domain;
  const { policy } = operation;
  if (configuration === undefined || policy === undefined) return undefined;
  return subscribed(configuration, policy.group, domain.mutualTls).flatMap(([client, facts]) => {
    // An issuer adds this scope to the token of everybody who logs in.
    const added = HAS_USER.includes(facts.type) ? ['openid'] : [];
    return clientScopes(configuration, facts).filter((scope) => satisfied(policy, [scope, ...added]) === undefined).map((scope) => ({ client, scopes: [scope] }));
  })[0];
}

/** A good token of a client that is not subscribed to the group of an API. */
export function unsubscribed({ configuration, mutualTls }: AssessedDomain, api: AssessedApi): IssuedToken | undefined {
  const group = api.operations.find(({ policy }) => policy !== undefined)?.policy?.group;
  if (configuration === undefined || group === undefined) return undefined;
  const stranger = bearers(configuration, mutualTls).find(([, { groups }]) => !groups.includes(group));
  return stranger && { client: stranger[0], scopes: clientScopes(configuration, stranger[1]).slice(0, 1) };
}

/** A client of the domain that proves possession of a key. */
export function proving({ configuration }: AssessedDomain, { policy }: AssessedOperation): IssuedToken | undefined {
  if (configuration === undefined || policy === undefined) return undefined;
  const [client, facts] = Object.entries(configuration.clients).find(([, { dpop, groups }]) => dpop === true && groups.includes(policy.group)) ?? [];
  const scopes = facts && satisfied(policy, clientScopes(configuration, facts));
  return client !== undefined && scopes ? { client, scopes, wrong: 'bound-as-bearer' } : undefined;
}

/** A read about which scopes alone decide: no access policy, no level of authentication. */
export function isPlainRead({ method, policy }: AssessedOperation): boolean {
  return method === 'GET' && policy?.access === undefined && policy?.authentication === undefined;
}

/** Scopes that a client may ask for: those of the operations of its groups. */
function clientScopes({ operations }: AuthorizerConfiguration, { groups }: ClientPolicy): string[] {
  return [...new Set(Object.values(operations).filter(({ group }) => groups.includes(group)).flatMap(({ scopes }) => scopes.flat()))].sort();
}

/** The alternative of an operation's scopes that the granted ones hold. */
function satisfied({ scopes }: OperationPolicy, granted: readonly string[]): readonly string[] | undefined {
  return scopes.find((alternative) => alternative.every((scope) => granted.includes(scope)));
}

function subscribed(configuration: AuthorizerConfiguration, group: string, mutualTls: boolean): [string, ClientPolicy][] {
  return bearers(configuration, mutualTls).filter(([, { groups }]) => groups.includes(group));
}

/** Clients whose token is enough by itself, or beside a certificate. */
function bearers({ clients }: AuthorizerConfiguration, mutualTls: boolean): [string, ClientPolicy][] {
  return Object.entries(clients).filter(([, { dpop, certificates }]) => dpop !== true && (!mutualTls || certificates !== undefined));
}
