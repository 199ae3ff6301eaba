/** What evaluates Cedar policies, beside an authorizer that has some: what asks the engine, the engine, and the WebAssembly that it reads. */
export const CEDAR_FILES = { decisions: 'decisions.js', module: 'cedar.js', webAssembly: 'cedar_wasm_bg.wasm' } as const;

/** Types of the entities that access policies speak of. */
export const ENTITY = {
  client: 'Client',
  consumer: 'Consumer',
  clientType: 'ClientType',
  securityDomain: 'SecurityDomain',
  service: 'ApiService',
  group: 'ApiGroup',
  action: 'Action',
} as const;

/** Most obligations that the policies of one API service may name, and their longest name: they travel in a trust token. */
export const OBLIGATION_LIMIT = { names: 16, characters: 64 } as const;

/** One Cedar policy as the authorizer evaluates it. */
export interface AccessPolicyCode {
  /** The policy in Cedar's JSON format: read without the text parser, it costs a cold start a quarter less. Absent where a policy store holds it. */
  readonly policy?: unknown;
  /** What a service must do where this policy lets a request through. */
  readonly obligations?: readonly string[];
}

/** What decides over the calls of one operation beside its scopes. */
export interface OperationAccess {
  /** Ids of the policies whose action scope covers the operation; those of other operations cannot change the decision. */
  readonly policies: readonly string[];
  /** Declared name of each path parameter, by the name that the gateway has for it. */
  readonly pathParameters: { readonly [gatewayName: string]: string };
}
