import type { EnvironmentAssembly } from '../assembly/environment-assembly';
import { LocalRefusal } from '../local-refusal';
import { InvalidRequest, PolicyStore } from './policy-store';
import type { VerifiedPermissions } from './verified-permissions';

interface StoreProperties {
  readonly Schema?: { readonly CedarJson?: string };
}
interface PolicyProperties {
  readonly PolicyStoreId: string;
  readonly Definition: { readonly Static?: { readonly Description?: string; readonly Statement: string } };
}

/** Creates the policy stores of an environment with their policies. @returns their ids */
export function createPolicyStores(assembly: EnvironmentAssembly, service: VerifiedPermissions): string[] {
  const stores = new Map(assembly.resources('AWS::VerifiedPermissions::PolicyStore').map((resource) => {
    const { Schema } = resource.properties as StoreProperties;
    return [resource.attribute('PolicyStoreId'), new PolicyStore(JSON.parse(Schema?.CedarJson ?? '{}') as ConstructorParameters<typeof PolicyStore>[0])];
  }));
  for (const resource of assembly.resources('AWS::VerifiedPermissions::Policy')) {
    const { PolicyStoreId, Definition: { Static: definition } } = resource.properties as unknown as PolicyProperties;
    const store = stores.get(PolicyStoreId);
    if (store === undefined || definition === undefined) throw new LocalRefusal('LOCAL_POLICY', `policy ${resource.logicalId} is a static policy of a store of the assembly`, PolicyStoreId, 'a Definition with Static');
    add(store, { id: resource.attribute('PolicyId'), description: definition.Description, statement: definition.Statement }, resource.logicalId);
  }
  for (const [id, store] of stores) service.add(id, store);
  return [...stores.keys()];
}

function add(store: PolicyStore, policy: Parameters<PolicyStore['add']>[0], logicalId: string): void {
  try {
    store.add(policy);
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    throw new LocalRefusal('LOCAL_POLICY', `policy ${logicalId} is valid by the schema of its store`, error.message, 'a policy that its store accepts');
  }
}
