/** Every rule that a declaration can break: what must hold, and what to write when it does not. Codes are public contract. */
export const REFUSALS = {
  ACCESS_TOKEN_LIFETIME: { rule: 'an access token lives at most 5 minutes', write: 'Duration.minutes(5) or less, or AccessTokenLifetime.exceeding(lifetime, reason)' },
  API_BACKEND: { rule: 'a backend is reached over HTTPS', write: "Backend.https('https://host/path')" },
  API_KEY_IN_QUERY: { rule: 'an API key travels in a header, never in the query string', write: "in: 'header' in the security scheme" },
  BODY_LIMIT: { rule: 'a body limit is at most what the web ACL can inspect, 64 KiB', write: 'Size.kibibytes(64) or less, or BodyLimit.beyondInspection(reason)' },
  CERTIFICATE_THUMBPRINT: { rule: 'a thumbprint is the SHA-256 of a certificate, 64 hexadecimal digits', write: 'what openssl x509 -fingerprint -sha256 prints' },
  CLASSIFICATION_MARKING: { rule: 'a classified API carries its protective marking', write: 'protectiveMarking: ProtectiveMarking.required()' },
  CLOCK_SKEW: { rule: 'a clock difference of at most 30 seconds is forgiven', write: 'Duration.seconds(30) or less' },
  CONSUMER_CERTIFICATE: { rule: 'every consumer of a partner domain is recognised by its certificate', write: "certificates: [ClientCertificate.bySubject('CN=…')]" },
  CORS_WILDCARD: { rule: 'an API that needs authentication names its CORS origin exactly, over HTTPS', write: "Cors.origin('https://app.example')" },
  DOMAIN_CONSUMERS: { rule: 'a security domain with APIs names the consumers that may call it', write: "consumers: [Consumer.browser('client-id')]" },
  DOMAIN_MISSING: { rule: 'an API is exposed only in declared security domains', write: 'the domain in securityDomains, or leave it out of exposure' },
  DUPLICATE_NAME: { rule: 'names are unique', write: 'a different name' },
  ENVIRONMENT_ACCOUNT: { rule: 'an environment has its own AWS account (12 digits) and Region', write: "account: '111111111111'" },
  ENVIRONMENT_DOMAIN: { rule: 'an environment has a DNS domain name', write: "domainName: 'test.bank.example'" },
  ENVIRONMENT_NAME: { rule: 'an environment name is a capital letter and at most 29 letters or digits', write: "'Staging'" },
  ENVIRONMENT_SHARED: { rule: 'nothing crosses environments: each has its own account and Region, domain name, issuer, keys and network', write: 'a value of its own' },
  EXPOSURE_NOT_APPROVED: { rule: 'an API is exposed only where its exposure was approved', write: 'approvedExposure with that domain once it is approved, or leave the domain out of exposure' },
  GROUP_UNKNOWN: { rule: 'a consumer subscribes to declared API groups', write: 'the name of a declared group' },
  HTTPS_ONLY: { rule: 'tokens and keys are fetched over HTTPS', write: 'an https:// URL' },
  KEY_OVERLAP: { rule: 'a public key is published at least 20 minutes before its first and after its last signature', write: 'Duration.hours(1)' },
  NAME: { rule: 'a name is 1 to 40 lower-case letters, digits and single hyphens, starting with a letter', write: "a name such as 'accounts'" },
  OPENAPI_CIRCULAR: { rule: 'a $ref leads to something that is not itself a circle of $refs', write: 'a $ref that ends in a schema, parameter, body or path item' },
  OPENAPI_FILE: { rule: 'an OpenAPI document is a readable JSON or YAML file', write: 'the path of an existing .json or .yaml file' },
  OPENAPI_INVALID: { rule: 'an OpenAPI document is valid', write: 'a document that the OpenAPI Specification allows' },
  OPENAPI_REF: { rule: "every $ref points inside the document, as '#/…', to something that exists", write: 'a bundled document' },
  OPENAPI_SIZE: { rule: 'an OpenAPI document is at most 20 MiB and nests at most 200 levels', write: 'several smaller documents' },
  OPENAPI_VERSION: { rule: 'an OpenAPI document is of version 3.0 or 3.1', write: "openapi: '3.1.1'" },
  OPERATION_OPEN: { rule: 'every operation of a REST API is authorized and validated', write: 'the authorizer, the request validator and the trust token mapping on that operation' },
  OPERATION_PATH: { rule: "an operation's path is a sequence of '/' and a {parameter} or a literal of letters, digits, dots, underscores, colons and hyphens", write: "a path such as '/accounts/{id}'" },
  PARTNER_TRUST_STORE: { rule: 'an environment with a partner domain names the certificate authorities of its partners', write: "partnerTrustStore: TrustStore.fromPem('certs/partners.pem')" },
  PRODUCTION_ISSUER: { rule: 'production trusts a production issuer only', write: 'an identity provider that no other environment uses and that is not marked nonProduction' },
  RATE: { rule: 'a rate or burst is a whole number of at least 1, and of one address at least 10', write: 'Rate.perSecond(10)' },
  REASON: { rule: 'an exception carries the reason for which it was granted, at least 10 characters', write: 'who accepted what risk, and why' },
  REST_API_BODY: { rule: 'a REST API has a body of at most 6 MiB and models of at most 400 KiB each', write: 'several API services, or smaller schemas' },
  REST_API_RESOURCES: { rule: 'a REST API stays within its resource quota', write: 'several API services, or resourceQuota once Service Quotas has granted it' },
  SCOPE_UNKNOWN: { rule: 'an operation needs only scopes that its API service declares', write: 'the scope in scopeVocabulary, or a declared one' },
  SCOPES_MISSING: { rule: 'every operation names the scopes it needs', write: "scopes: Scopes.allOf('accounts:read')" },
  SERVICE_EMPTY: { rule: 'an API service has at least one operation', write: 'operations or an OpenAPI document with paths' },
  TRUST_STORE: { rule: 'a trust store holds unexpired CA certificates with RSA-2048, EC-256 or stronger keys and SHA-2 signatures, up to their roots', write: 'PEM certificates of the partner certificate authorities' },
  TRUST_TOKEN_LIFETIME: { rule: 'a trust token lives 5 seconds to 5 minutes', write: 'Duration.minutes(5) or less' },
  WEB_ACL_CAPACITY: { rule: 'a web ACL uses at most 1,500 capacity units', write: 'fewer rules' },
} as const;

/** A code of the refusal catalogue. */
export type RefusalCode = keyof typeof REFUSALS;

/**
 * A declaration that breaks a rule.
 *
 * The message is `CODE: rule, got VALUE; write THIS`. It carries no stack trace: the mistake is in the
 * declaration, and the message names the place.
 */
export class Refusal extends Error {
  /** @param write overrides the catalogue's advice where the declaration allows a more exact one. */
  public constructor(public readonly code: RefusalCode, got: string, write: string = REFUSALS[code].write) {
    super(`${code}: ${REFUSALS[code].rule}, got ${got}; write ${write}`);
    this.name = 'Refusal';
    this.stack = this.message;
  }
}

/** Refuses unless the rule holds. */
export function demand(code: RefusalCode, holds: boolean, got: () => string, write?: string): asserts holds {
  if (!holds) throw new Refusal(code, got(), write);
}
