import type { AccessPolicyCode, OperationAccess } from './access-policy';
import type { ParameterRules } from './parameter-rule';
import type { VERIFIED_PERMISSIONS } from './policy-store';
import type { MarkingPolicy } from './protective-marking';
import type { ProofPolicy } from './proof-of-possession';
import type { RateLimitPolicy } from './rate-limit';
import type { RevocationPolicy } from './revocation-policy';

/** Names of the environment variables that the constructs set and the authorizer reads. */
export const AUTHORIZER_ENVIRONMENT = {
  /** ARN of the secret that holds the private signing key (`SigningKey`). */
  signingKeySecret: 'SIGNING_KEY_SECRET_ARN',
  /** Instead of the secret: ARNs of KMS keys, separated by spaces; the first that is not disabled signs. */
  signingKeyArns: 'SIGNING_KEY_ARNS',
} as const;

/** The file beside the handler that carries the declaration to it; too large for environment variables. */
export const AUTHORIZER_CONFIGURATION_FILE = 'configuration.json';

/** The stage variable that tells the authorizer which REST API a request came through: `service` or `service/segment`. */
export const API_STAGE_VARIABLE = 'api';

/** Everything that one authorizer (one environment, one security domain) decides by. */
export interface AuthorizerConfiguration {
  /** Name of the environment, as declared: `Production`. */
  readonly environment: string;
  /** `public`, `partner` or `internal`. */
  readonly securityDomain: string;
  /** Audience of the trust tokens: the environment's domain name, so that a token of one environment is worthless in another. */
  readonly trustDomain: string;
  /** `iss` of the trust tokens; `<this>/.well-known/jwks.json` serves the public keys. */
  readonly trustIssuer: string;
  /** Longest life of a trust token. It never outlives the access token it came from. */
  readonly trustTokenSeconds: number;
  readonly accessToken: AccessTokenPolicy;
  /** True where callers present a client certificate (mutual TLS). */
  readonly mutualTls: boolean;
  /** How certificates of partners are checked for revocation; absent where those of no partner are. */
  readonly revocation?: readonly RevocationPolicy[];
  /** Present where clients of the domain prove possession of a key; elsewhere tokens that are bound to one are refused. */
  readonly proof?: ProofPolicy;
  /** Allow-list of clients by `client_id`; a client that is not here is refused. */
  readonly clients: { readonly [clientId: string]: ClientPolicy };
  /** Client ids that nobody uses; a token for one was stolen. Absent where there are none. */
  readonly canaries?: readonly string[];
  /** Keyed `<api> <METHOD> <resource path>`, as `operationKey` writes it; an operation that is not here is refused. */
  readonly operations: { readonly [key: string]: OperationPolicy };
  /** Present where Amazon Verified Permissions evaluates the access policies; Cedar beside the handler does elsewhere. */
  readonly policyDecisionPoint?: typeof VERIFIED_PERMISSIONS;
  /** Cedar policies by API service and id; absent where no service in the domain has any. */
  readonly accessPolicies?: { readonly [service: string]: { readonly [id: string]: AccessPolicyCode } };
  /** How many requests each consumer may make, by API service; absent where no service in the domain limits them. */
  readonly rateLimits?: { readonly [service: string]: RateLimitPolicy };
}

/** What an access token must satisfy (RFC 9068, RFC 8725). */
export interface AccessTokenPolicy {
  /** Exact `iss`. */
  readonly issuer: string;
  /** Where the issuer publishes its keys; read from the issuer's discovery document when absent. */
  readonly jwksUri?: string;
  /** Required member of `aud`. */
  readonly audience: string;
  /** Allowed `alg` values, a subset of RS256, PS256, ES256, EdDSA. */
  readonly algorithms: readonly string[];
  /** Largest `exp - iat` that is accepted. */
  readonly maxLifetimeSeconds: number;
  /** Largest clock difference to the issuer that is forgiven to `iat` and `nbf`; `exp` is taken as it stands. */
  readonly clockSkewSeconds: number;
  /** How long the issuer's keys are used while it cannot be reached. */
  readonly keysUsableThroughOutageSeconds: number;
  /** Where tokens that are no JWT are introspected; they are refused when absent. */
  readonly introspection?: IntrospectionPolicy;
}

/** Where tokens that are no JWT are introspected (RFC 7662). */
export interface IntrospectionPolicy {
  readonly endpoint: string;
  /** As whom the authorizer asks; its secret is read at run time. */
  readonly clientId: string;
  /** Name of the secret that holds the client's secret, in the account and Region of the signing key's secret. */
  readonly secretName: string;
  /** Longest time that an answer is remembered, and so that a revoked token is accepted. */
  readonly cacheSeconds: number;
  /** True where the endpoint is not on the issuer's host, so that an answer has to name the issuer. */
  readonly issuerRequired: boolean;
}

/** What is known of one client application. */
export interface ClientPolicy {
  /** Name of the consumer, for records and trust tokens. */
  readonly consumer: string;
  /** `browser`, `native`, `application`, `system` or `trusted-application`. */
  readonly type: string;
  /** API groups the client may call. */
  readonly groups: readonly string[];
  /** True where its access tokens must be bound to a key that it proves to possess (DPoP, RFC 9449). */
  readonly dpop?: boolean;
  /** The certificates the client may present; required where `mutualTls` is true. */
  readonly certificates?: readonly CertificatePolicy[];
  /** Partner whose authorities and revocation lists judge its certificates, and no other's; there wherever the domain has a trust store. */
  readonly partner?: string;
  /** `sub` of the tokens of a client without a user; its client id where absent. */
  readonly subject?: string;
  /** Name of the secret with the API key that the client must present; none is asked for where absent. */
  readonly apiKeySecret?: string;
  /** Networks that the client calls from, in CIDR notation; from anywhere where absent. */
  readonly sourceAddresses?: readonly string[];
  /** True where certificates of its partner are not checked for revocation, for a recorded reason. */
  readonly notRevocable?: boolean;
}

/** One way to recognise a client's certificate; every member that is present must match. */
export interface CertificatePolicy {
  /**
   * The authorities, PEM, one of which must have issued the certificate; always there beside a subject or alternative name.
   *
   * The gateway accepts every certificate of every authority in its trust store: without this, one partner's authority could
   * issue a certificate in another partner's name.
   */
  readonly issuers?: readonly string[];
  /** Partner whose private CAs may have issued it as well: their certificates are in the stored trust store. */
  readonly privateIssuersOf?: string;
  /** Distinguished name as the gateway writes it (RFC 4514, leaf first): `CN=acme,O=Acme`. */
  readonly subject?: string;
  /** A DNS or URI subject alternative name. */
  readonly subjectAlternativeName?: string;
  /** SHA-256 of the DER certificate, lower-case hexadecimal. */
  readonly sha256?: string;
}

/** What one operation asks of its callers. */
export interface OperationPolicy {
  /** Operation id, unique in its API service. */
  readonly id: string;
  readonly service: string;
  readonly group: string;
  /** Alternatives of scopes: one inner list must be granted in full. Never empty. */
  readonly scopes: readonly (readonly string[])[];
  /** Present where access policies decide beside the scopes. */
  readonly access?: OperationAccess;
  /** How the user must have been authenticated; absent where every way will do. */
  readonly authentication?: AuthenticationPolicy;
  /** What protective markings of its requests may say; they are not looked at where absent. */
  readonly marking?: MarkingPolicy;
  /** What its parameters must be; nothing is asked of them where absent. */
  readonly parameters?: ParameterRules;
}

/** How a user must have been authenticated (RFC 9470); every member that is present must be satisfied, and there is at least one. */
export interface AuthenticationPolicy {
  /** One of these is the `acr`. */
  readonly acrValues?: readonly string[];
  /** All of these are in the `amr` (RFC 8176). */
  readonly methods?: readonly string[];
  /** Largest difference between `auth_time` and now. */
  readonly maxAgeSeconds?: number;
}

/** How an operation is looked up: `accounts GET /accounts/{id}`. */
export function operationKey(api: string, method: string, resourcePath: string): string {
  return `${api} ${method} ${resourcePath}`;
}
