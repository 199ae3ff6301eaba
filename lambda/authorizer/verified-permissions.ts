import type { AccessPolicyCode } from '../../lib/contract/access-policy';
import { policyDescription, POLICY_STORE_NAMESPACE } from '../../lib/contract/policy-store';
import { AwsJsonClient, type AwsJsonService, type AwsReply } from '../../runtime/aws-json-client';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { isJsonObject, type JsonObject } from '../../runtime/json';
import type { AccessDecision, PolicyDecisionPoint } from './access-decision';
import type { AccessContext, AccessQuestion, EntityUid } from './access-question';
import { StoredPolicies } from './stored-policies';

const SERVICE: AwsJsonService = { name: 'verifiedpermissions', target: 'VerifiedPermissions', protocol: '1.0', endpointVariable: 'AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS' };
const DEPENDENCY = 'policy store';
const ATTEMPTS = 2;
const TIMEOUT_MILLISECONDS = 1500;
/** What the service says of a request that is no request: what the caller sent is at fault, not the service. */
const UNUSABLE = new Set(['ValidationException', 'SerializationException']);

/** The policies of a security domain by API service and id. */
type Policies = Readonly<Record<string, Readonly<Record<string, AccessPolicyCode>>>>;

/** Where policies are asked for, and what is known of them. */
export interface VerifiedPermissionsProps {
  readonly policies: Policies;
  /** Policy store by API service. */
  readonly stores: Readonly<Record<string, string>>;
  /** Any ARN of the Region that the stores are in. */
  readonly arn: string;
  /** Credentials and endpoint, as the Lambda runtime sets them; read anew for each call. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly onFailure: (failure: DependencyFailure) => void;
}

/** The stores of an environment variable. @throws Error at start where a service with policies has none */
export function policyStores(text: string, policies: Policies): Record<string, string> {
  const stores: unknown = JSON.parse(text);
  const missing = Object.keys(policies).find((service) => !isJsonObject(stores) || !Object.hasOwn(stores, service) || typeof stores[service] !== 'string' || stores[service] === '');
  if (missing !== undefined) {
    throw new Error(`the policy store of ${missing} is missing`);
  }
  return stores as Record<string, string>;
}

/**
 * Decides with Amazon Verified Permissions.
 *
 * As in the authorizer, any error of an evaluation denies. A policy that the authorizer was not deployed with permits nothing: what
 * it would ask of the service is not known.
 */
export class VerifiedPermissions implements PolicyDecisionPoint {
  private readonly client: AwsJsonClient;
  private readonly stored: StoredPolicies;

  constructor(private readonly props: VerifiedPermissionsProps) {
    const { arn, environment, clock } = props;
    this.client = new AwsJsonClient({ service: SERVICE, arn, dependency: DEPENDENCY, environment, clock, timeoutMilliseconds: TIMEOUT_MILLISECONDS, keepAlive: true });
    this.stored = new StoredPolicies(async (input) => answered(await this.reply('ListPolicies', input)), clock);
  }

  async decide(question: AccessQuestion): Promise<AccessDecision> {
    try {
      return await this.decision(question);
    } catch (error) {
      if (error instanceof DependencyFailure) {
        this.props.onFailure(error);
      }
      throw error;
    }
  }

  private async decision(question: AccessQuestion): Promise<AccessDecision> {
    const store = own(this.props.stores, question.service);
    if (store === undefined) {
      throw new DependencyFailure(DEPENDENCY, `none for ${question.service}`);
    }
    const reply = await this.reply('IsAuthorized', requestOf(question, store));
    if (UNUSABLE.has(reply.fault ?? '')) {
      return denial([], 'the request could not be evaluated');
    }
    const { allowed, ids, failed } = outcome(answered(reply));
    const names = await this.stored.names(store, ids);
    const determining = names.flatMap((name) => this.declared(question, name) ?? []).sort();
    if (failed) {
      return denial(determining, 'evaluation failed in the policy store');
    }
    // A permit that is unknown here, as during a deployment, gives nothing and takes nothing from one that is known.
    if (determining.length < ids.length && (!allowed || determining.length === 0)) {
      return denial(determining, 'a policy decided that was not deployed with the authorizer');
    }
    return { allowed, policies: determining, obligations: allowed ? this.obligations(question.service, determining) : [] };
  }

  /** Id of the policy that a description names, where it can apply to the operation. */
  private declared({ service, policies }: AccessQuestion, description: string | undefined): string | undefined {
    return policies.find((id) => {
      const policy = this.policy(service, id);
      return policy !== undefined && policyDescription(service, id, policy.obligations) === description;
    });
  }

  private obligations(service: string, ids: readonly string[]): string[] {
    return [...new Set(ids.flatMap((id) => this.policy(service, id)?.obligations ?? []))].sort();
  }

  private policy(service: string, id: string): AccessPolicyCode | undefined {
    const policies = own(this.props.policies, service);
    return policies && own(policies, id);
  }

  /** A second attempt where nothing came, as on a connection that a frozen function has lost; none where the service says it is busy. */
  private async reply(operation: string, input: object): Promise<AwsReply> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.client.call(operation, input);
      } catch (failure) {
        if (attempt === ATTEMPTS) {
          throw failure;
        }
      }
    }
  }
}

function denial(policies: readonly string[], fault: string): AccessDecision {
  return { allowed: false, policies, obligations: [], fault };
}

function answered({ status, body, fault }: AwsReply): JsonObject {
  if (status !== 200) {
    throw new DependencyFailure(DEPENDENCY, `status ${status}, ${fault ?? ''}`);
  }
  return body;
}

/** What an answer says. @throws DependencyFailure where it is no answer, or allows by no policy */
function outcome({ decision, determiningPolicies, errors }: JsonObject): { readonly allowed: boolean; readonly ids: readonly string[]; readonly failed: boolean } {
  const ids = Array.isArray(determiningPolicies) ? determiningPolicies.map((one: unknown) => (isJsonObject(one) ? one.policyId : undefined)) : [undefined];
  const known = ids.filter((id) => typeof id === 'string');
  const allowed = decision === 'ALLOW';
  if (!(allowed || decision === 'DENY') || !Array.isArray(errors) || known.length < ids.length || (allowed && ids.length === 0)) {
    throw new DependencyFailure(DEPENDENCY, 'an answer that is none');
  }
  return { allowed, ids: known, failed: errors.length > 0 };
}

// The service takes no entity for an action: what an operation is a member of stands in the schema of its store.
function requestOf({ principal, action, resource, context, entities }: AccessQuestion, policyStoreId: string): object {
  return {
    policyStoreId,
    principal: identifier(principal),
    action: { actionType: named(action.type), actionId: action.id },
    resource: identifier(resource),
    context: { contextMap: contextMap(context) },
    entities: { entityList: entities.filter(({ uid }) => uid.type !== action.type).map(({ uid, parents }) => ({ identifier: identifier(uid), parents: parents.map(identifier) })) },
  };
}

function contextMap({ environment, ip, subject, scopes, amr, acr, authAge, certificate, path }: AccessContext): object {
  return {
    environment: { string: environment },
    ip: { ipaddr: ip.__extn.arg },
    subject: { string: subject },
    scopes: texts(scopes),
    amr: texts(amr),
    ...(acr !== undefined && { acr: { string: acr } }),
    ...(authAge !== undefined && { authAge: { long: authAge } }),
    ...(certificate !== undefined && { certificate: { string: certificate } }),
    path: { record: Object.fromEntries(Object.entries(path).map(([name, value]) => [name, { string: value }])) },
  };
}

function texts(values: readonly string[]): object {
  return { set: values.map((value) => ({ string: value })) };
}

function identifier({ type, id }: EntityUid): object {
  return { entityType: named(type), entityId: id };
}

function named(type: string): string {
  return `${POLICY_STORE_NAMESPACE}::${type}`;
}

function own<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
