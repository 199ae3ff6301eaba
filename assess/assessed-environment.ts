import type { AuthorizerConfiguration, OperationPolicy } from '../lib/contract/authorizer-configuration';
import type { Parameter, Schema } from '../local/rest-api/api-document';
import type { AddressLimit } from './edge-limits';

/** One environment as it is promised: what a gateway has to do is read here, never from the gateway. */
export interface AssessedEnvironment {
  readonly name: string;
  readonly domains: readonly AssessedDomain[];
}

/** A custom domain name and everything below it. */
export interface AssessedDomain {
  readonly securityDomain: string;
  readonly hostName: string;
  /** Reached from within a network only: the platform fixes TLS 1.2 for it. */
  readonly isPrivate: boolean;
  /** Its callers show certificates: the trust store says so, or the configuration of its authorizer. */
  readonly mutualTls: boolean;
  /** What the authorizer decides by; absent where nothing is authorized. */
  readonly configuration?: AuthorizerConfiguration;
  readonly apis: readonly AssessedApi[];
  /** Path of the public keys, where the domain serves them. */
  readonly keysPath?: string;
  /** Paths that no API has, answered like operations. */
  readonly honeypots: readonly { readonly method: string; readonly path: string }[];
  /** What one address may ask, by the web ACLs of its stages. */
  readonly addressLimits: readonly AddressLimit[];
}

/** A REST API below its base path. */
export interface AssessedApi {
  /** Its base path, which names it in reports; a service that was split has several. */
  readonly name: string;
  /** `/accounts`. */
  readonly basePath: string;
  readonly service: string;
  readonly resources: readonly AssessedResource[];
  readonly operations: readonly AssessedOperation[];
  /** The one browser origin that may read its answers. */
  readonly origin?: string;
  /** Largest body in bytes; `unlimited` where the declaration leaves the size to the service. */
  readonly bodyLimit: number | 'unlimited';
  /** What one consumer may ask at once. */
  readonly burst?: number;
}

/** A path and what it answers to. */
export interface AssessedResource {
  /** Full path with values in place of its parameters. */
  readonly path: string;
  /** `/accounts/{id}`, below the base path. */
  readonly template: string;
  readonly methods: readonly string[];
}

/** A method of a path that leads to a service. */
export interface AssessedOperation {
  readonly api: string;
  readonly method: string;
  readonly path: string;
  readonly template: string;
  /** What it asks of callers; absent for one that the authorizer does not know. */
  readonly policy?: OperationPolicy;
  /** Query with a value for every required parameter, without `?`. */
  readonly query: string;
  /** Headers with a value for every required one. */
  readonly headers: { readonly [name: string]: string };
  readonly required: readonly Parameter[];
  readonly content: readonly { readonly mediaType: string; readonly schema?: Schema }[];
}
