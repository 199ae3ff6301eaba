/** Namespace of every name in a policy store: Verified Permissions refuses an empty one. */
export const POLICY_STORE_NAMESPACE = 'ApiSecurity';

/** Environment variable of an authorizer whose access policies are in Amazon Verified Permissions: a JSON map from API service to policy store. */
export const POLICY_STORES_VARIABLE = 'POLICY_STORES';

/** What marks such an authorizer in its configuration. */
export const VERIFIED_PERMISSIONS = 'verified-permissions';

/** What a policy says of itself in its store: the service chooses ids of its own, and this leads back from them. */
export function policyDescription(service: string, id: string): string {
  return `${service}/${id}`;
}
