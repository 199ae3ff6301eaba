import { join } from 'path';
import { CodedRefusal } from '../contract/coded-refusal';

/** Every rule that a declaration can break: what must hold, and what to write when it does not. Codes are public contract. */
export const REFUSALS = {
  ACCESS_TOKEN_LIFETIME: { rule: 'an access token lives 1 second to 5 minutes, in whole seconds', write: 'Duration.minutes(5) or less, or AccessTokenLifetime.exceeding(lifetime, reason)' },
  ADDRESS_LIMIT: { rule: 'requests of one address are counted over 1, 2, 5 or 10 minutes', write: 'Duration.minutes(5)' },
  ADDRESS_RANGE: { rule: 'source addresses are 1 to 10000 IPv4 or IPv6 ranges in CIDR notation, none of them /0', write: "AddressRanges.of('203.0.113.0/24', '2001:db8::/32')" },
  API_BACKEND: { rule: 'a backend is a Lambda function by its literal name, or an HTTPS URL without user info, query or fragment in which {domainName} is the only placeholder', write: "Backend.https('https://accounts.{domainName}/path')" },
  API_KEY_CLIENT: { rule: 'an API key is a secret, which only a consumer that runs on a server can keep', write: 'Consumer.system or Consumer.trustedApplication, or leave apiKey out' },
  API_KEY_IN_QUERY: { rule: 'an API key travels in a header, never in the query string', write: "in: 'header' in the security scheme" },
  API_KEY_ROTATION: { rule: 'an API key is replaced every 1 to 365 days, in whole days', write: 'ApiKey.rotatedEvery(Duration.days(90))' },
  API_KEYS: { rule: 'at most 100 consumers of a security domain have an API key', write: 'apiKey on the consumers that need it' },
  AUTHENTICATION_LEVEL: { rule: 'an authentication level asks for acr values or methods, at most 8 of each and each 1 to 128 visible ASCII characters without quotes or backslashes, or for an age of whole seconds, at least 1', write: "AuthenticationLevel.of({ acrValues: ['urn:bank:mfa'], maxAge: Duration.minutes(5) })" },
  AUTHENTICATION_UNREACHABLE: { rule: 'an operation that asks how its user was authenticated can be called by a consumer that has users', write: 'a Consumer.browser, Consumer.native or Consumer.application in one of its domains, or AuthenticationLevel.any() on the operation' },
  BODY_LIMIT: { rule: 'a body limit is whole bytes, at least 1 and at most what the web ACL can inspect, 64 KiB', write: 'Size.kibibytes(64) or less, or BodyLimit.beyondInspection(reason)' },
  BODY_SCHEMA: { rule: 'the schemas of request bodies are what OpenAPI 3.0 or 3.1 means by a schema', write: 'keywords and types of that specification' },
  CANARY: { rule: 'a canary is a credential that no consumer has, at most 20 of them in a security domain', write: "Canary.client('legacy-batch') or Canary.apiKey('billing-export') with a name that no consumer has" },
  CEDAR_ENTITY: { rule: 'an access policy names declared clients, consumers, client types, security domains, API services and API groups only', write: 'a declared one' },
  CEDAR_FILE: { rule: 'access policies are a readable UTF-8 file', write: "the path of an existing file, such as AccessPolicies.fromFile('policies/accounts.cedar')" },
  CEDAR_ID: { rule: 'every access policy of an API service has an id of its own: a letter and at most 63 letters, digits, dots, underscores and hyphens', write: '@id("staff-read-accounts") in front of the policy' },
  CEDAR_OBLIGATION: { rule: 'an obligation is a lower-case letter and at most 63 lower-case letters, digits and : . _ -, several apart by a space', write: '@obligation("mask-balances")' },
  CEDAR_OPERATION: { rule: 'an operation under access policies is not named like an HTTP method, which stands for all operations of that method', write: "another id, such as 'getAccount'" },
  CEDAR_POLICY: { rule: 'an access policy can be evaluated for some request, and speaks of operations and attributes that its API has', write: 'what docs/guides/authorization-policies.md lists' },
  CEDAR_SYNTAX: { rule: 'access policies are written in Cedar', write: 'policies that parse from there on' },
  CERTIFICATE_THUMBPRINT: { rule: 'a thumbprint is the SHA-256 of a certificate, 64 hexadecimal digits', write: 'what openssl x509 -fingerprint -sha256 prints' },
  CLASSIFICATION_MARKING: { rule: 'a classified API carries its protective marking', write: 'protectiveMarking: ProtectiveMarking.required()' },
  CLIENT_CERTIFICATE: { rule: 'a pinned client certificate is a PEM file with one unexpired certificate that is no authority, and without a key', write: "ClientCertificate.fromPem('certs/acme-client.pem'), or ClientCertificate.byThumbprint" },
  CLOCK_SKEW: { rule: 'a clock difference of at most 30 seconds is forgiven, in whole seconds', write: 'Duration.seconds(30) or less' },
  CONSUMER_CERTIFICATE: { rule: 'every consumer of a partner domain is recognised by its certificate', write: "certificates: [ClientCertificate.bySubject('CN=…')]" },
  CONSUMER_SUBJECT: { rule: 'only a system or a trusted application has a subject of its own, 1 to 512 characters', write: "Consumer.system('batch', { subject: 'service-account-batch' }), or no subject" },
  CONSUMERS: { rule: 'an API service has at most 200 consumers in a security domain', write: 'groups on the consumers that do not need it, or several API services' },
  CORS_WILDCARD: { rule: 'an API that needs authentication names its CORS origin exactly, over HTTPS', write: "Cors.origin('https://app.example')" },
  COUNTRIES: { rule: 'countries are 1 to 50 two-letter codes of ISO 3166-1', write: "Countries.only('AU', 'NZ')" },
  DECLARATION_EMPTY: { rule: 'a declaration names at least one environment, one security domain and one API group', write: 'what is to be deployed' },
  DOMAIN_CONSUMERS: { rule: 'a security domain with APIs names the consumers that may call it', write: "consumers: [Consumer.browser('client-id')]" },
  DOMAIN_MISSING: { rule: 'an API is exposed only in declared security domains', write: 'SecurityDomain.public({ consumers: […] }) in securityDomains, or exposure: [] with the other domains only' },
  DUPLICATE_NAME: { rule: 'names are unique', write: 'a different name' },
  ENVIRONMENT_ACCOUNT: { rule: 'an environment has its own AWS account, 12 digits', write: "account: '111111111111'" },
  ENVIRONMENT_CIDR: { rule: 'the address range of an environment is an IPv4 network of /16 to /18', write: "cidr: '10.0.0.0/16'" },
  ENVIRONMENT_DOMAIN: { rule: 'an environment has a DNS domain name', write: "domainName: 'test.bank.example'" },
  ENVIRONMENT_NAME: { rule: 'an environment name is a capital letter and at most 29 letters or digits, and production alone is named Production', write: "'Staging'" },
  ENVIRONMENT_REGION: { rule: 'an environment lies in one AWS Region', write: "region: 'ap-southeast-2'" },
  ENVIRONMENT_SHARED: { rule: 'nothing crosses environments: account and Region, domain name, issuer, audience, key set and partner authorities differ', write: 'a value of its own' },
  EXPOSURE_NOT_APPROVED: { rule: 'an API is exposed only where its exposure was approved', write: 'approvedExposure with that domain once it is approved, or leave the domain out of exposure' },
  FILE_ORIGIN: { rule: 'a browser uploads from an https origin without a path or a wildcard', write: "browserOrigins: ['https://www.bank.example']" },
  FILE_RETENTION: { rule: 'a file is kept for at least 1 day, in whole days', write: 'Duration.days(30)' },
  FILE_SIZE: { rule: 'an uploaded file is 1 byte to 50 MiB, in whole bytes', write: 'FileType.PDF.upTo(Size.mebibytes(10))' },
  FILE_TYPES: { rule: 'file uploads allow at least one type, and each type once', write: 'types: [FileType.PDF, FileType.PNG]' },
  GROUP_EMPTY: { rule: 'an API group has at least one API service', write: 'services: [accounts]' },
  GROUP_UNKNOWN: { rule: 'a consumer subscribes to declared API groups', write: 'the name of a declared group' },
  HONEYPOT_BLOCK: { rule: 'a caller who hits a honeypot is blocked for 10 minutes to 24 hours, in whole minutes, and only where callers come from the internet', write: 'blockFor: Duration.hours(1)' },
  HONEYPOT_PATH: { rule: 'a honeypot is at a path that no API has, of 1 to 6 segments of letters, digits, dots, underscores and hyphens, at most 20 of them', write: "HoneypotPath.get('/customers/export')" },
  HTTPS_ONLY: { rule: 'tokens and keys are fetched over HTTPS', write: 'an https:// URL' },
  INTROSPECTION_CACHE: { rule: 'what introspection says of a token is remembered for at most 5 minutes, in whole seconds', write: 'Duration.seconds(30)' },
  INTROSPECTION_CLIENT: { rule: 'a client id is 1 to 256 visible ASCII characters', write: "clientId: 'api-gateway'" },
  INTROSPECTION_HOST: { rule: "tokens are introspected on the issuer's own host", write: 'an endpoint there, or Introspection.onOtherHost(endpoint, reason, { … })' },
  INTROSPECTION_KEY: { rule: 'the key that encrypts the client secret for introspection is named by its ARN, and lies in the Region of the environment as the secret does', write: "clientSecretKeyArn: 'arn:aws:kms:REGION:ACCOUNT:key/ID'" },
  INTROSPECTION_SECRET: { rule: 'the client secret for introspection is named as in Secrets Manager, without a hyphen and six characters at the end', write: "clientSecretName: 'identity/introspection'" },
  KEY_OVERLAP: { rule: 'a public key is published at least 20 minutes before its first and after its last signature, in whole seconds', write: 'Duration.hours(1)' },
  KEYS_THROUGH_OUTAGE: { rule: 'the keys of an identity provider that cannot be reached are used for 5 minutes to 24 hours, in whole seconds', write: 'Duration.hours(1)' },
  MANAGED_RULES_COUNT: { rule: 'managed rules count instead of block until a date, today or at most 90 days ahead', write: "ManagedRules.countUntil('2027-03-31', reason) with such a date, or ManagedRules.BLOCK" },
  MESSAGE_SIGNATURES: { rule: 'a signature of a message is accepted for 5 seconds to 5 minutes, in whole seconds', write: 'MessageSignatures.required(), or maxAge: Duration.minutes(1)' },
  MESSAGE_SIGNERS: { rule: 'an API service that asks for signed messages can be called by a consumer that has a key to sign with', write: "signingKeys: [MessageSigningKey.fromPem('acme-2027', 'certs/{environment}/acme-signing.pem')] on a consumer of its group" },
  MESSAGE_SIGNING_CLIENT: { rule: 'a signing key is a secret, which only a consumer that runs on a server can keep', write: 'Consumer.system or Consumer.trustedApplication, or leave signingKeys out' },
  MESSAGE_SIGNING_KEY: { rule: 'a signing key of a consumer is a file with one public key: EC P-256, Ed25519, or RSA of 2048 to 4096 bits', write: "MessageSigningKey.fromPem('acme-2027', 'certs/{environment}/acme-signing.pem') with what openssl pkey -pubout prints" },
  MESSAGE_SIGNING_KEY_ID: { rule: 'the id of a signing key is 1 to 64 letters, digits, dots, underscores and hyphens', write: "an id such as 'acme-2027'" },
  MESSAGE_SIGNING_KEYS: { rule: 'what a function is told of signed messages is at most 3,000 bytes, some 16 keys on P-256, 25 of Ed25519 or 6 of RSA-2048', write: 'Ed25519 or P-256 keys, groups on the consumers that do not need the service, or several API services' },
  NAME: { rule: 'a name is 1 to 40 lower-case letters, digits and single hyphens, starting with a letter', write: "a name such as 'accounts'" },
  OPENAPI_CIRCULAR: { rule: 'a $ref leads to something that is not itself a circle of $refs', write: 'a $ref that ends in a schema, parameter, body or path item' },
  OPENAPI_FILE: { rule: 'an OpenAPI document is a readable JSON or YAML file', write: 'the path of an existing .json or .yaml file' },
  OPENAPI_INVALID: { rule: 'an OpenAPI document is valid', write: 'a document that the OpenAPI Specification allows' },
  OPENAPI_REF: { rule: "every $ref points inside the document, as '#/…', to something that exists", write: 'a bundled document' },
  OPENAPI_SIZE: { rule: 'an OpenAPI document is at most 20 MiB and nests at most 200 levels', write: 'several smaller documents' },
  OPENAPI_VERSION: { rule: 'an OpenAPI document is of version 3.0 or 3.1', write: "openapi: '3.1.1'" },
  OPERATION_OPEN: { rule: 'every operation of a REST API is authorized and validated', write: 'the authorizer, the request validator and the trust token mapping on that operation' },
  OPERATION_PATH: { rule: "an operation's path is a sequence of '/' and a {parameter} or a literal of letters, digits, dots, underscores, colons and hyphens", write: "a path such as '/accounts/{id}'" },
  OPERATION_UNKNOWN: { rule: 'an exception or a limit is for an operation that its API service has', write: 'the id of one of its operations' },
  OWNER: { rule: 'an API service names the team that answers for it, in 1 to 256 letters, digits, spaces and _ . : / = + - @ (a tag holds no more)', write: "owner: 'Accounts'" },
  PARTNER_PROOF: { rule: 'a consumer of a partner domain proves possession of the key of its certificate, and of no other', write: 'no proofOfPossession: its access tokens are bound to its certificate (RFC 8705)' },
  PARTNER_REVOCATION: { rule: 'every partner says how its certificates are revoked', write: "TrustStore.fromPem({ acme: 'certs/acme.pem' }, { acme: CertificateRevocation.crl(['https://pki.acme.example/root.crl']) }), or CertificateRevocation.notChecked(reason)" },
  PARTNER_TRUST_STORE: { rule: 'an environment with a partner domain names the certificate authorities of its partners', write: "partnerTrustStore: TrustStore.fromPem({ acme: 'certs/acme.pem' })" },
  PARTNER_UNKNOWN: { rule: 'every consumer of a partner domain belongs to a partner whose authorities are in the trust store', write: "partner: 'acme' on the consumer, or that partner in TrustStore.fromPem({ acme: 'certs/acme.pem' })" },
  POLICY_STORE: { rule: 'access policies in Amazon Verified Permissions fit what it and the authorizer hold: 10,000 bytes a policy, 200,000 bytes of policies and 100,000 bytes of schema an API service, 40 such services a security domain', write: 'PolicyDecisionPoint.IN_AUTHORIZER' },
  PRIVATE_AUTHORITY: { rule: 'a private CA is named by its ARN, in the partition of its environment', write: "TrustStoreMember.privateCertificateAuthority('arn:aws:acm-pca:REGION:ACCOUNT:certificate-authority/ID')" },
  PRIVATE_MAPPING: { rule: 'a private host name maps single path segments, so an API service of an internal domain fits one REST API', write: 'several API services, or resourceQuota once Service Quotas has granted it' },
  PRODUCTION_ISSUER: { rule: 'production trusts a production issuer only', write: 'an identity provider that no other environment uses and that is not marked nonProduction' },
  QUOTA: { rule: 'a quota is a whole number of 1 to 2147483647', write: 'Quota.perDay(100_000)' },
  RATE: { rule: 'a rate or burst is a whole number of at least 1, and of one address at least 10', write: 'Rate.perSecond(10)' },
  RATE_LIMIT: { rule: 'a rate limit is a whole number of requests in a window of whole seconds, at most a day, at most 1,000 a second, and no more than the rate of a consumer lets through', write: 'RateLimit.perMinute(600)' },
  REASON: { rule: 'an exception carries the reason for which it was granted, at least 10 characters', write: 'who accepted what risk, and why' },
  REST_API_BODY: { rule: 'a REST API has a body of at most 6 MiB and models of at most 400 KiB each', write: 'several API services, or smaller schemas' },
  REST_API_RESOURCES: { rule: 'a REST API stays within its resource quota', write: 'several API services, or resourceQuota once Service Quotas has granted it' },
  REST_APIS: { rule: 'a function serves at most 40 REST APIs, the authorizer those of its security domain, since the permissions to invoke it end at 20 KB', write: 'fewer and larger API services, or another exposure for some of them' },
  REVOCATION_AGE: { rule: 'a revocation list is read again every 1 to 60 minutes, used for 5 minutes to 24 hours while it cannot be, and made at most 1 hour to 400 days ago, in whole seconds', write: 'refreshEvery: Duration.minutes(5), usableThroughOutage: Duration.hours(1)' },
  REVOCATION_LIST: { rule: 'each authority of a partner has a revocation list at an https URL on port 443 without user info or fragment, root and intermediate alike', write: "CertificateRevocation.crl(['https://pki.acme.example/root.crl']) with a URL for each authority" },
  SCOPE: { rule: 'a scope is one word without quotes or backslashes (RFC 6749)', write: "Scopes.allOf('accounts:read', 'accounts:write')" },
  SCOPE_UNKNOWN: { rule: 'an operation needs only scopes that its API service declares', write: 'the scope among the scopes of the security scheme (scopeVocabulary in code), or a declared one' },
  SCOPES_MISSING: { rule: 'every operation names the scopes it needs', write: "scopes: Scopes.allOf('accounts:read') on the operation or the service, or security with scopes in its OpenAPI document" },
  SERVICE_EMPTY: { rule: 'an API service has at least one operation', write: 'operations or an OpenAPI document with paths' },
  SIGNING_GENERATION: { rule: 'a generation of KMS signing keys is a whole number, 1 or more', write: 'TrustTokenSigning.KMS for the first, or TrustTokenSigning.kmsGeneration(2) for the next' },
  SUBDOMAIN: { rule: 'a subdomain is one DNS label: 1 to 63 lower-case letters, digits and inner hyphens', write: "subdomain: 'api'" },
  THREAT_PROTECTION: { rule: 'a limit of bodies is a whole number of at least 1', write: 'ThreatProtection.of({ depth: 8 })' },
  TOKEN_ALGORITHMS: { rule: 'an identity provider signs with at least one accepted algorithm', write: 'algorithms: [TokenAlgorithm.PS256]' },
  TRUST_STORE: { rule: 'a trust store holds unexpired CA certificates with RSA-2048, EC-256 or stronger keys and SHA-2 signatures, up to their roots', write: 'PEM certificates of the partner certificate authorities' },
  TRUST_TOKEN_LIFETIME: { rule: 'a trust token lives 5 seconds to 5 minutes, in whole seconds', write: 'Duration.minutes(5) or less' },
  TRUSTED_APPLICATION: { rule: 'implicit trust is given to an application that mutual TLS authenticates, and for API groups by name', write: "Consumer.trustedApplication('acme', { groups: ['accounts'], certificates: [ClientCertificate.bySubject('CN=…')] }) in SecurityDomain.partner" },
  WEB_ACL_CAPACITY: { rule: 'a web ACL stays within its capacity budget, 1,500 units unless more was declared', write: 'fewer media types, different body limits or limits of addresses among the services of that domain, fewer rules, or CapacityBudget.upTo(units, reason)' },
  WEB_ACL_INTERNAL: { rule: 'an internal domain, which the internet cannot reach, needs no rules on countries and no anti-DDoS rule group', write: 'neither countries nor antiDdos in the webAcl of SecurityDomain.internal' },
  WEB_ACL_RULE: { rule: 'a rule of a web ACL is named by a letter and at most 63 letters, digits and hyphens', write: "CustomWebAclRule.block('LegacyClients', statement)" },
  WEB_ACL_STATEMENT: { rule: 'a statement of a web ACL compares a part of the request with something that the platform takes', write: 'what docs/guides/web-acl.md lists' },
} as const;

/** A code of the refusal catalogue. */
export type RefusalCode = keyof typeof REFUSALS;

/**
 * A declaration that breaks a rule.
 *
 * It carries one stack frame, the line of the declaration: the library's own frames teach nothing.
 */
export class Refusal extends CodedRefusal {
  /** @param write overrides the catalogue's advice where the declaration allows a more exact one. */
  public constructor(code: RefusalCode, got: string, write: string = REFUSALS[code].write) {
    super(code, REFUSALS[code].rule, got, write);
    const place = framesOf(deepError()).find((frame) => !frame.includes(LIBRARY));
    if (place !== undefined) this.stack = `${this.message}\n${place}`;
  }
}

/** Folder of the library, sources or compiled. */
const LIBRARY = `${join(__dirname, '..')}/`;

/** A mistake inside a document is found many calls below the line that named the document. */
function deepError(): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  try {
    return new Error();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Frames with a place in a file: neither Node.js itself nor built-in functions. */
function framesOf({ stack = '' }: Error): string[] {
  return stack.split('\n').filter((line) => /^ +at .*:\d+:\d+\)?$/.test(line) && !line.includes('node:'));
}

/** Refuses unless the rule holds. */
export function demand(code: RefusalCode, holds: boolean, got: () => string, write?: string): asserts holds {
  if (!holds) throw new Refusal(code, got(), write);
}
