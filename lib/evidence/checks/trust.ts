import { TRUSTED_APPLICATION } from '../../contract/client-type';
import { NONCE_TABLE_TAG } from '../../contract/message-signatures';
import { POLICY_STORE_NAMESPACE, POLICY_STORES_VARIABLE, VERIFIED_PERMISSIONS } from '../../contract/policy-store';
import { REPLAY_TABLE_ATTRIBUTES, REPLAY_TABLE_VARIABLE } from '../../contract/replay-table';
import { STORED_AUTHORITIES_VARIABLE, STORED_TRUST_STORE_TYPE } from '../../contract/stored-trust-store';
import type { Check, Declaration, Qualifier } from '../check';
import type { Condition } from '../condition';
import { STACK_TYPE } from '../stack-template';
import { REPLAY_TABLE } from './replay-table';
import { ROTATED } from './rotation';

const FUNCTION = 'AWS::Lambda::Function';
const TABLE = 'AWS::DynamoDB::Table';
const PERMISSION = 'AWS::Lambda::Permission';
const AUTHORIZER: Condition = { path: '$configuration', exists: true };
const PARTNER: Condition = { path: '$configuration.securityDomain', equals: 'partner' };

/** A certificate by its thumbprint; or by a name, from authorities that are listed, since any authority of the trust store could issue that name. */
const BOUND: Condition = {
  path: '', anyOf: [
    [{ path: 'sha256', matches: '^[0-9a-f]{64}$' }],
    [
      { path: '', anyOf: [[{ path: 'subject', matches: '.' }], [{ path: 'subjectAlternativeName', matches: '.' }]] },
      { path: '', anyOf: [
        [{ path: 'issuers', everyItem: [{ path: '', matches: '^-----BEGIN CERTIFICATE-----' }] }],
        [{ path: 'privateIssuersOf', matches: '.' }, { path: 'issuers', matches: '^\\[("-----BEGIN CERTIFICATE-----[^"]+",?)*\\]$' }],
      ] },
    ],
  ],
};

/** Certificates of private CAs come from the stored trust store, and from nowhere else. */
const STORED_AUTHORITIES: Condition = { path: ['Environment', 'Variables', STORED_AUTHORITIES_VARIABLE], anyOf: [[{ path: '', exists: false }], [{ path: '', mentions: [{ path: '$type', equals: STORED_TRUST_STORE_TYPE }] }]] };

const MUTUAL_TLS_DOMAIN: Declaration = { type: 'AWS::ApiGateway::DomainName', where: [{ path: 'MutualTlsAuthentication', exists: true }] };

const REVOCATION_LISTS: Qualifier = {
  missing: 'the gateway reads no revocation list of any partner: a revoked certificate is accepted until it expires or leaves the allow-list.',
  check: {
    id: 'partner-revocation-lists', shows: 'The authorizer of the partner domain reads revocation lists of partner authorities over HTTPS, once an hour at least, and does without them for a day at most.',
    types: [FUNCTION], where: [PARTNER], that: [{ path: '$configuration.revocation', everyItem: [
      { path: '', anyOf: [[{ path: 'authorities', everyItem: [{ path: '', matches: '^-----BEGIN CERTIFICATE-----' }] }], [{ path: 'privateAuthorities', equals: true }]] }, { path: 'lists', everyItem: [{ path: '', matches: '^https://' }] },
      { path: 'refreshSeconds', atMost: 3600 }, { path: 'usableThroughOutageSeconds', atMost: 86_400 },
    ] }], quantifier: 'every', declaredBy: MUTUAL_TLS_DOMAIN,
  },
};

const EVERY_PARTNER_REVOCABLE: Qualifier = {
  missing: 'certificates of partners with a recorded exception (PARTNER_REVOCATION) are not checked for revocation: they are accepted until they expire or leave the allow-list.',
  check: {
    id: 'every-partner-revocable', shows: 'No partner was excepted from having its certificates checked for revocation.',
    types: [STACK_TYPE], that: [{ path: '$exceptions.PARTNER_REVOCATION', exists: false }], quantifier: 'every',
  },
};

/** Nothing is asked of the user's authentication, or something that a token can be compared with. */
const AUTHENTICATION: readonly (readonly Condition[])[] = [
  [{ path: '', exists: false }],
  [{ path: 'acrValues', everyItem: [{ path: '', matches: '.' }] }],
  [{ path: 'methods', everyItem: [{ path: '', matches: '.' }] }],
  [{ path: 'maxAgeSeconds', atLeast: 1 }],
];

const ASKS_STORES: Condition = { path: '$configuration.policyDecisionPoint', equals: VERIFIED_PERMISSIONS };

/** A policy of the role of an authorizer that asks policy stores. */
const OF_ASKING_AUTHORIZER: Condition = { path: '', referencedBy: { type: 'AWS::IAM::Role', path: 'ManagedPolicyArns', that: [{ path: '', referencedBy: { type: FUNCTION, path: 'Role', that: [ASKS_STORES] } }] } };

/** A policy store that lets in only what its schema allows, and that an authorizer asks and may ask. */
const POLICY_STORE: readonly Condition[] = [
  { path: '$type', equals: 'AWS::VerifiedPermissions::PolicyStore' },
  { path: 'ValidationSettings.Mode', equals: 'STRICT' },
  { path: 'Schema.CedarJson', matches: `^\\{"${POLICY_STORE_NAMESPACE}":` },
  { path: '', referencedBy: { type: FUNCTION, path: `Environment.Variables.${POLICY_STORES_VARIABLE}`, that: [ASKS_STORES] } },
  {
    path: '', referencedBy: {
      type: 'AWS::IAM::ManagedPolicy', path: 'PolicyDocument.Statement',
      that: [{ path: 'PolicyDocument.Statement', someItem: [{ path: 'Effect', equals: 'Allow' }, { path: 'Action', contains: 'verifiedpermissions:IsAuthorized' }] }, OF_ASKING_AUTHORIZER],
    },
  },
];

/** Scopes decide alone; or each service that has policies has some that can be evaluated, here or each of them in a policy store. */
const ACCESS_POLICIES: readonly (readonly Condition[])[] = [
  [{ path: '', exists: false }],
  [{ path: '', everyItem: [{ path: '', everyItem: [{ path: 'policy.effect', oneOf: ['permit', 'forbid'] }] }] }],
  [{
    path: '', membersDeployed: {
      type: 'AWS::VerifiedPermissions::Policy', path: 'Definition.Static.Description',
      that: [{ path: 'Definition.Static.Statement', matches: '(^|\\n)(permit|forbid)\\(' }, { path: 'PolicyStoreId', refersTo: POLICY_STORE }],
    },
  }],
];

/** Nothing is said, and Cedar beside the handler decides; or Verified Permissions does. */
const DECISION_POINT: readonly (readonly Condition[])[] = [[{ path: '', exists: false }], [{ path: '', equals: VERIFIED_PERMISSIONS }]];

/** A client that speaks for the user in its token or for itself; or one that is trusted with users, by its certificate. */
const TRUSTED: readonly (readonly Condition[])[] = [
  [{ path: 'type', oneOf: ['browser', 'native', 'application', 'system'] }],
  [{ path: 'type', equals: TRUSTED_APPLICATION }, { path: 'certificates', everyItem: [BOUND] }],
];

const INTROSPECTION: Condition = {
  path: '$configuration.accessToken.introspection', anyOf: [
    [{ path: '', exists: false }],
    [{ path: 'endpoint', matches: '^https://' }, { path: 'cacheSeconds', atMost: 300 }],
  ],
};

const REPLAY_TABLE_NAMED = `Environment.Variables.${REPLAY_TABLE_VARIABLE}`;

/** A function that is told a table, and an authorizer that judges proofs whether it is told one or not. */
const USES_ONCE: readonly Condition[] = [{ path: '', anyOf: [[{ path: REPLAY_TABLE_NAMED, exists: true }], [{ path: '$configuration.proof', exists: true }]] }];
/** Nonces of signatures are a matter of their own (`message-signatures-told`). */
const NOT_OF_NONCES: Condition = { path: 'Tags', anyOf: [[{ path: '', exists: false }], [{ path: '', everyItem: [{ path: 'Key', matches: `^(?!${NONCE_TABLE_TAG}$)` }] }]] };

/** An environment whose authorizers sign with a key that Secrets Manager keeps. */
const SIGNS_WITH_SECRET: Declaration = { type: FUNCTION, where: [{ path: 'Environment.Variables.SIGNING_KEY_SECRET_ARN', exists: true }] };
/** An environment whose authorizers sign in KMS. */
const SIGNS_IN_KMS: Declaration = { type: FUNCTION, where: [{ path: 'Environment.Variables.SIGNING_KEY_ARNS', exists: true }] };
const KMS_KEY = 'AWS::KMS::Key';
const SIGNING_KEY: Condition = { path: 'KeyUsage', equals: 'SIGN_VERIFY' };

/** KMS replaces no asymmetric key by itself. */
const ROTATED_BY_DEPLOYMENT: Qualifier = {
  missing: 'the signing keys that are in KMS are replaced by deployments of the next generation, not on a schedule.',
  check: { id: 'signed-with-rotated-secret', shows: 'Every authorizer signs with a key that Secrets Manager rotates.', types: [FUNCTION], where: [AUTHORIZER], that: SIGNS_WITH_SECRET.where, quantifier: 'every' },
};

/** How callers are authenticated and authorized, and how trust is handed on. */
export const TRUST_CHECKS: readonly Check[] = [
  {
    id: 'authorizer-trusted-issuer',
    shows: 'The authorizer accepts access tokens of one issuer, over HTTPS, for one audience. Where it introspects opaque ones, it asks over HTTPS and remembers an answer five minutes at most: as long is a revoked token good.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: '$configuration.accessToken.issuer', matches: '^https://' }, { path: '$configuration.accessToken.audience', exists: true }, INTROSPECTION], quantifier: 'every',
  },
  {
    id: 'authorizer-algorithms',
    shows: 'The authorizer accepts asymmetric signatures only.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: '$configuration.accessToken.algorithms', everyItem: [{ path: '', oneOf: ['RS256', 'PS256', 'ES256', 'EdDSA'] }] }], quantifier: 'every',
  },
  {
    id: 'authorizer-scopes',
    shows: 'Every operation that the authorizer knows needs scopes; an operation it does not know is refused.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: '$configuration.operations', everyItem: [{ path: 'scopes', exists: true }] }], quantifier: 'every',
  },
  {
    id: 'authorizer-client-allow-list',
    shows: 'Only listed clients are admitted, each to the API groups it subscribed to.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: '$configuration.clients', everyItem: [{ path: 'groups', exists: true }] }], quantifier: 'every',
  },
  {
    id: 'authorizer-authentication-levels',
    shows: 'Where an operation asks how its user was authenticated, the authorizer is told which classes, methods or age to compare the token with.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: '$configuration.operations', everyItem: [{ path: 'authentication', anyOf: AUTHENTICATION }] }], quantifier: 'every',
  },
  {
    id: 'authorizer-access-policies',
    shows: 'Where access policies are declared for an API service, the authorizer carries them as permits and forbids of Cedar, or asks a policy store that holds them and validates them by a schema, and lets nothing of that service through without them: to each operation it applies every policy whose action covers it.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: '$unappliedPolicies', exists: false }, { path: '$configuration.accessPolicies', anyOf: ACCESS_POLICIES }, { path: '$configuration.policyDecisionPoint', anyOf: DECISION_POINT }], quantifier: 'every',
  },
  {
    id: 'authorizer-implicit-trust',
    shows: 'An application that is trusted with users whom the gateway does not see is admitted with a certificate of its own only.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: '$configuration.clients', everyItem: [{ path: '', anyOf: TRUSTED }] }], quantifier: 'every',
  },
  {
    id: 'partner-clients-bound-to-certificates',
    shows: 'A partner client is admitted with a certificate that its thumbprint names, or that its name and the authorities which must have issued it name; not with any certificate of the trust store.',
    types: [FUNCTION], where: [PARTNER], that: [{ path: '$configuration.mutualTls', equals: true }, { path: '$configuration.clients', everyItem: [{ path: 'certificates', everyItem: [BOUND] }] }, STORED_AUTHORITIES],
    quantifier: 'every', declaredBy: MUTUAL_TLS_DOMAIN, qualifiedBy: [REVOCATION_LISTS, EVERY_PARTNER_REVOCABLE],
  },
  {
    id: 'trust-token-short-lived',
    shows: 'A trust token lives five minutes at most.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: '$configuration.trustTokenSeconds', atMost: 300 }], quantifier: 'every',
  },
  {
    id: 'issuers-separate',
    shows: 'No two environments trust the same issuer of access tokens.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: '$configuration.accessToken.issuer', exists: true }], quantifier: 'distinct',
  },
  {
    id: 'trust-domains-separate',
    shows: 'A trust token of one environment is worthless in another: no two share a trust domain.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: '$configuration.trustDomain', exists: true }], quantifier: 'distinct',
  },
  {
    id: 'authorizer-in-vpc',
    shows: 'The authorizer runs inside the VPC, behind a security group.',
    types: [FUNCTION], where: [AUTHORIZER], that: [{ path: 'VpcConfig.SubnetIds', exists: true }, { path: 'VpcConfig.SecurityGroupIds', exists: true }], quantifier: 'every',
  },
  {
    id: 'functions-invoked-by-gateway-only',
    shows: 'What a permission lets the gateway invoke, it lets one API of the environment invoke, not any.',
    types: [PERMISSION], where: [{ path: 'Principal', equals: 'apigateway.amazonaws.com' }],
    that: [{ path: 'SourceArn', matches: 'execute-api' }, { path: 'SourceArn', mentions: [{ path: '$type', equals: 'AWS::ApiGateway::RestApi' }] }], quantifier: 'every',
  },
  {
    id: 'function-permissions-bound',
    shows: 'Functions are invoked by AWS services only, each on behalf of a named resource or account.',
    types: [PERMISSION],
    that: [{ path: 'Principal', matches: '^[a-z0-9.-]+\\.amazonaws\\.com$' }, { path: '', anyOf: [[{ path: 'SourceArn', exists: true }], [{ path: 'SourceAccount', own: 'account' }]] }], quantifier: 'every',
  },
  {
    id: 'artifacts-content-addressed',
    shows: 'The code of every function lies in the deployment\'s asset bucket under a content-addressed key.',
    types: [FUNCTION], that: [{ path: 'Code.S3Key', matches: '^[0-9a-f]{64}\\.zip$' }], quantifier: 'every',
  },
  {
    id: 'secrets-encrypted',
    shows: 'Keys and credentials are in Secrets Manager, encrypted with a key of the environment.',
    types: ['AWS::SecretsManager::Secret'], that: [{ path: 'KmsKeyId', exists: true }], quantifier: 'every', declaredBy: SIGNS_WITH_SECRET,
  },
  {
    id: 'signing-key-rotated',
    shows: 'The signing key of the trust tokens is rotated on a schedule.',
    types: ['AWS::SecretsManager::RotationSchedule'], where: [{ path: 'SecretId', refersTo: [{ path: 'Description', matches: 'signs trust tokens' }] }], that: ROTATED, quantifier: 'some', declaredBy: SIGNS_WITH_SECRET, qualifiedBy: [ROTATED_BY_DEPLOYMENT],
  },
  {
    id: 'replay-tables-encrypted',
    shows: 'What must be used once, a proof of possession or a trust token, is remembered in a table of the environment that forgets by itself and is encrypted with a key of the environment.',
    types: [FUNCTION], where: USES_ONCE, that: [{ path: REPLAY_TABLE_NAMED, refersTo: REPLAY_TABLE }], quantifier: 'every',
    declaredBy: { type: TABLE, where: [{ path: 'TimeToLiveSpecification.AttributeName', equals: REPLAY_TABLE_ATTRIBUTES.until }, NOT_OF_NONCES] },
  },
  {
    id: 'keys-rotated',
    shows: 'Encryption keys are rotated.',
    types: [KMS_KEY], where: [{ path: 'KeySpec', exists: false }], that: [{ path: 'EnableKeyRotation', equals: true }], quantifier: 'every',
  },
  {
    id: 'kms-signing-keys-confined',
    shows: 'Where KMS signs trust tokens, the key\'s own policy lets roles of that duty sign and denies it to everybody else, also by grants.',
    types: [KMS_KEY], where: [SIGNING_KEY],
    that: [
      { path: 'KeySpec', equals: 'ECC_NIST_P256' },
      { path: 'KeyPolicy.Statement', someItem: [{ path: 'Effect', equals: 'Deny' }, { path: 'Principal.AWS', equals: '*' }, { path: 'Action', equals: 'kms:Sign' }, { path: ['Condition', 'StringNotEquals', 'aws:PrincipalTag/ApiSecurityDuty'], equals: 'sign-trust-tokens' }] },
      { path: 'KeyPolicy.Statement', someItem: [{ path: 'Effect', equals: 'Deny' }, { path: 'Principal.AWS', equals: '*' }, { path: 'Action', equals: 'kms:CreateGrant' }, { path: 'Condition', exists: false }] },
      { path: 'KeyPolicy.Statement', everyItem: [{ path: '', anyOf: [[{ path: 'Effect', equals: 'Deny' }], [{ path: 'Action', equals: 'kms:Sign' }, { path: ['Condition', 'StringEquals', 'aws:PrincipalTag/ApiSecurityDuty'], equals: 'sign-trust-tokens' }], [{ path: 'Action', everyItem: [{ path: '', matches: '^kms:(?!Sign$|CreateGrant$)[A-Za-z]+$' }] }]] }] },
    ],
    quantifier: 'every', declaredBy: SIGNS_IN_KMS,
  },
];
