import { ENTITY } from '../../contract/access-policy';
import type { ApiService } from '../api-service';
import { HttpMethod } from '../http-method';
import { Operation } from '../operation';

/** A schema in Cedar's JSON format. */
export interface CedarSchema {
  readonly [namespace: string]: { readonly entityTypes: object; readonly actions: { readonly [id: string]: object } };
}

const STRING = { type: 'String' };
const STRINGS = { type: 'Set', element: STRING };
const optional = (type: object): object => ({ ...type, required: false });

/** What is known of every request; `path` differs from operation to operation. */
const CONTEXT = {
  environment: STRING,
  ip: { type: 'Extension', name: 'ipaddr' },
  subject: STRING,
  scopes: STRINGS,
  amr: STRINGS,
  acr: optional(STRING),
  authAge: optional({ type: 'Long' }),
  certificate: optional(STRING),
};

const ENTITY_TYPES = {
  [ENTITY.client]: { memberOfTypes: [ENTITY.consumer, ENTITY.clientType, ENTITY.securityDomain] },
  [ENTITY.consumer]: {},
  [ENTITY.clientType]: {},
  [ENTITY.securityDomain]: {},
  [ENTITY.service]: { memberOfTypes: [ENTITY.group] },
  [ENTITY.group]: {},
};

/**
 * What policies that decide over one API service can speak of.
 *
 * Every operation is an action, and a member of the action that its method names. Operations of siblings are known too, so that
 * policies of a group hold for each of its services; a parameter that not all operations of one name have is optional.
 *
 * @param namespace of every type, where the policy decision point needs one
 */
export function cedarSchema(service: ApiService, siblings: readonly ApiService[] = [], namespace = ''): CedarSchema {
  const own = new Set(service.operations.map(({ id }) => id));
  const others = siblings.filter((sibling) => sibling !== service).flatMap(({ operations }) => operations).filter(({ id }) => !own.has(id));
  const operations = new Map<string, Operation[]>();
  for (const operation of [...service.operations, ...others]) operations.set(operation.id, [...operations.get(operation.id) ?? [], operation]);
  return {
    [namespace]: {
      entityTypes: ENTITY_TYPES,
      actions: {
        ...Object.fromEntries(Object.values(HttpMethod).map((method) => [method, {}])),
        ...Object.fromEntries([...operations].map(([id, named]) => [id, action(named)])),
      },
    },
  };
}

/** Names of an operation's path parameters. */
export function pathParameters({ path }: Operation): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

function action(operations: readonly Operation[]): object {
  const methods = [...new Set(operations.map(({ method }) => method))];
  const parameters = operations.map((operation) => pathParameters(operation));
  const path = Object.fromEntries([...new Set(parameters.flat())].map((name) => [name, parameters.every((names) => names.includes(name)) ? STRING : optional(STRING)]));
  return {
    memberOf: methods.map((id) => ({ id })),
    appliesTo: {
      principalTypes: [ENTITY.client],
      resourceTypes: [ENTITY.service],
      context: { type: 'Record', attributes: { ...CONTEXT, path: { type: 'Record', attributes: path } } },
    },
  };
}
