/** Namespace of every name in a policy store: Verified Permissions refuses an empty one. */
export const POLICY_STORE_NAMESPACE = 'ApiSecurity';

/** Environment variable of an authorizer whose access policies are in Amazon Verified Permissions: a JSON map from API service to policy store. */
export const POLICY_STORES_VARIABLE = 'POLICY_STORES';

/** What marks such an authorizer in its configuration. */
export const VERIFIED_PERMISSIONS = 'verified-permissions';

/**
 * What a policy says of itself in its store: the service chooses ids of its own, and this leads back from them.
 *
 * Its obligations are part of it. To an authorizer that was deployed with others it is another policy, which gives nothing: while a
 * deployment is under way, nobody is let through by the new policy without what it asks of the service.
 */
export function policyDescription(service: string, id: string, obligations: readonly string[] = []): string {
  return [`${service}/${id}`, ...obligations].join(' ');
}
