import { ENTITY, OBLIGATION_LIMIT } from '../../contract/access-policy';
import { demand } from '../../private/refusal';
import type { AccessPolicy } from '../access-policies';
import type { ApiGroup } from '../api-group';
import type { ApiService } from '../api-service';
import { HttpMethod } from '../http-method';
import type { SecurityDomain } from '../security-domain';
import { cedar, EntityJson, PolicyError } from './engine';
import { checkIds, mistake } from './read';
import { cedarSchema } from './schema';

/** The policies that decide over a service: those of its group, and its own; empty where scopes alone decide. */
export function accessPoliciesOf(group: Pick<ApiGroup, 'accessPolicies'>, service: ApiService): AccessPolicy[] {
  return [...group.accessPolicies?.policies ?? [], ...service.accessPolicies?.policies ?? []];
}

/** Checks policies of a service against what the service has. */
export function checkServicePolicies(service: ApiService): void {
  if (service.accessPolicies !== undefined) checkPolicies(service.accessPolicies.policies, service);
}

/** Checks policies of a group against each of its services, beside the service's own. */
export function checkGroupPolicies(group: Pick<ApiGroup, 'accessPolicies' | 'services'>): void {
  for (const service of group.services) {
    const policies = accessPoliciesOf(group, service);
    if (group.accessPolicies !== undefined) checkPolicies(group.accessPolicies.policies, service, group.services);
    checkIds(policies);
    const obligations = new Set(policies.flatMap((policy) => policy.obligations));
    demand('CEDAR_OBLIGATION', obligations.size <= OBLIGATION_LIMIT.names, () => `${obligations.size} different ones for '${service.name}'`, `at most ${OBLIGATION_LIMIT.names} per API service: they travel in a header`);
  }
}

/** Checks that the entities which policies name are declared: Cedar itself takes any id, and a misspelled forbid would forbid nobody. */
export function checkPolicyEntities(groups: readonly ApiGroup[], domains: readonly SecurityDomain[]): void {
  const declared = entities(groups, domains);
  for (const policy of new Set(groups.flatMap((group) => group.services.flatMap((service) => accessPoliciesOf(group, service))))) {
    const parsed = cedar().policyToJson(policy.text);
    const unknown = parsed.type === 'success' ? literals(parsed.json).find(({ type, id }) => declared.get(type)?.has(id) === false) : undefined;
    demand('CEDAR_ENTITY', unknown === undefined, () => `${unknown?.type}::"${unknown?.id}" in '${policy.id}' at ${policy.source}:${policy.line}`, `one of ${[...declared.get(unknown?.type ?? '') ?? []].map((id) => `${unknown?.type}::"${id}"`).join(', ')}`);
  }
}

function checkPolicies(policies: readonly AccessPolicy[], service: ApiService, siblings: readonly ApiService[] = []): void {
  const reserved = [service, ...siblings].flatMap(({ operations }) => operations).find(({ id }) => Object.values<string>(HttpMethod).includes(id));
  demand('CEDAR_OPERATION', reserved === undefined, () => `'${reserved?.id}' in '${service.name}'`);
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const answer = cedar().validate({ schema: cedarSchema(service, siblings), policies: { staticPolicies: Object.fromEntries(policies.map(({ id, text }) => [id, text])) } });
  const errors = answer.type === 'success' ? answer.validationErrors : answer.errors.map((error): PolicyError => ({ policyId: '', error }));
  const found = errors.length > 0 || answer.type === 'failure' ? [...errors] : [...answer.validationWarnings];
  // In the order of the text, whatever order Cedar finds them in.
  const ids = [...byId.keys()];
  const [first] = found.sort((left, right) => ids.indexOf(left.policyId) - ids.indexOf(right.policyId) || startOf(left) - startOf(right) || (left.error.message < right.error.message ? -1 : 1));
  if (first === undefined) return;
  const policy = byId.get(first.policyId);
  const advice = first.error.help?.replaceAll('`', "'").replace(/^for policy '[^']*', /, '').replace(/^did you mean '(.*)'\?$/, '$1').replace(/^try testing/, 'a test');
  demand('CEDAR_POLICY', false, () => `${policy === undefined ? first.error.message : mistake(policy, first.error)} in '${first.policyId}'`, advice);
}

function startOf({ error }: PolicyError): number {
  return error.sourceLocations?.[0]?.start ?? 0;
}

function entities(groups: readonly ApiGroup[], domains: readonly SecurityDomain[]): Map<string, Set<string>> {
  const consumers = domains.flatMap((domain) => domain.consumers);
  return new Map([
    [ENTITY.client, new Set(consumers.map(({ clientId }) => clientId))],
    [ENTITY.consumer, new Set(consumers.map(({ name }) => name))],
    [ENTITY.clientType, new Set(['browser', 'native', 'application', 'system', 'trusted-application'])],
    [ENTITY.securityDomain, new Set<string>(domains.map(({ exposure }) => exposure))],
    [ENTITY.service, new Set(groups.flatMap(({ services }) => services.map(({ name }) => name)))],
    [ENTITY.group, new Set(groups.map(({ name }) => name))],
  ]);
}

/** Every entity that a policy names, in its scope or its conditions. */
function literals(value: unknown): EntityJson[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, id } = value as { readonly type?: unknown; readonly id?: unknown };
  return typeof type === 'string' && typeof id === 'string' ? [{ type, id }] : Object.values(value).flatMap((member) => literals(member));
}
