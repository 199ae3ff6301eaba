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
    const scopes = policy.scopes.find((alternative) => alternative.every((scope) => granted.includes(scope)));
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
    return clientScopes(configuration, facts).filter((scope) => !accepts(policy, [scope, ...added])).map((scope) => ({ client, scopes: [scope] }));
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
export function proving({ configuration }: AssessedDomain, operation: AssessedOperation): IssuedToken | undefined {
  const found = Object.entries(configuration?.clients ?? {}).find(([, { dpop, groups }]) => dpop === true && operation.policy !== undefined && groups.includes(operation.policy.group));
  const granted = found && clientScopes(configuration!, found[1]);
  const scopes = granted && operation.policy?.scopes.find((alternative) => alternative.every((scope) => granted.includes(scope)));
  return scopes && { client: found![0], scopes, wrong: 'bound-as-bearer' };
}

/** Scopes that a client may ask for: those of the operations of its groups. */
function clientScopes({ operations }: AuthorizerConfiguration, { groups }: ClientPolicy): string[] {
  return [...new Set(Object.values(operations).filter(({ group }) => groups.includes(group)).flatMap(({ scopes }) => scopes.flat()))].sort();
}

function accepts({ scopes }: OperationPolicy, granted: readonly string[]): boolean {
  return scopes.some((alternative) => alternative.every((scope) => granted.includes(scope)));
}

function subscribed(configuration: AuthorizerConfiguration, group: string, mutualTls: boolean): [string, ClientPolicy][] {
  return bearers(configuration, mutualTls).filter(([, { groups }]) => groups.includes(group));
}

/** Clients whose token is enough by itself, or beside a certificate. */
function bearers({ clients }: AuthorizerConfiguration, mutualTls: boolean): [string, ClientPolicy][] {
  return Object.entries(clients).filter(([, { dpop, certificates }]) => dpop !== true && (!mutualTls || certificates !== undefined));
}
