import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { APIGatewayRequestAuthorizerHandler } from 'aws-lambda';
import { CEDAR_FILES } from '../../lib/contract/access-policy';
import { AUTHORIZER_CONFIGURATION_FILE, type AccessTokenPolicy } from '../../lib/contract/authorizer-configuration';
import { POLICY_STORES_VARIABLE } from '../../lib/contract/policy-store';
import { RATE_TABLE_VARIABLE, type RateLimitPolicy } from '../../lib/contract/rate-limit';
import { PARAMETER_CHECKS_FILE } from '../../lib/contract/parameter-rule';
import { REPLAY_TABLE_VARIABLE } from '../../lib/contract/replay-table';
import { REVOCATION_READER_FILE } from '../../lib/contract/revocation-policy';
import { STORED_AUTHORITIES_FILE, STORED_AUTHORITIES_VARIABLE } from '../../lib/contract/stored-trust-store';
import type { DependencyFailure } from '../../runtime/dependency-failure';
import { httpsDocumentReader } from '../../runtime/https-document';
import { httpsFormPoster } from '../../runtime/https-form';
import { RemoteKeys } from '../../runtime/remote-keys';
import { DynamoDbReplayStore, RememberedUses, type ReplayStore } from '../../runtime/replay-store';
import { requiredVariable } from '../environment';
import type { PolicyDecisionPoint } from './access-decision';
import { ApiKeys } from './api-keys';
import { AuditLog } from './audit-log';
import { authorize, type AuthorizerDependencies } from './authorize';
import type { CedarModule } from './cedar-decision-point';
import { readConfiguration } from './configuration';
import { IntrospectedTokens } from './introspected-tokens';
import { IntrospectionEndpoint } from './introspection-endpoint';
import { knownClient } from './known-client';
import { loadedParameters } from './loaded-parameters';
import { LoadedRevocation } from './loaded-revocation';
import { ProofOfPossession } from './proof-of-possession';
import { DynamoDbRateCounter } from './rate-counter';
import { RateLimits } from './rate-limits';
import { requiredFile } from './required-file';
import { secretReader } from './secret-reader';
import type { StoredAuthoritiesModule } from './partner-authorities';
import { signingKeyArn, trustTokenSigner } from './trust-token-signer';
import { policyStores, VerifiedPermissions } from './verified-permissions';

/** What is said of one token is small, and a thousand of them are kept. */
const ANSWER_BOUNDS = { timeoutMilliseconds: 3000, maxBytes: 16 * 1024 };

const clock = Date.now;
const configuration = readConfiguration(join(__dirname, AUTHORIZER_CONFIGURATION_FILE));
const { environment, securityDomain, accessToken: { issuer, jwksUri, keysUsableThroughOutageSeconds } } = configuration;
// Straight to stdout: the runtime's console would wrap the line, and embedded metrics must stand alone.
const audit = new AuditLog({ environment, securityDomain }, (line) => process.stdout.write(`${line}\n`), clock);
/** Whatever the key is, it is in the account and Region of all other secrets. */
const home = signingKeyArn(process.env);
const { accessPolicies, rateLimits, revocation } = configuration;
const authorities = process.env[STORED_AUTHORITIES_VARIABLE] && new (requiredFile(join(__dirname, STORED_AUTHORITIES_FILE)) as StoredAuthoritiesModule).PartnerAuthorities(process.env, clock, revocation);
const dependencies: AuthorizerDependencies = {
  configuration,
  keys: new RemoteKeys({ issuer, jwksUri, usableThroughOutageSeconds: keysUsableThroughOutageSeconds, read: httpsDocumentReader(), clock, onFailure: (failure) => audit.failure('IssuerKeys', failure) }),
  introspected: introspected(configuration.accessToken),
  signer: trustTokenSigner(process.env, clock, (failure) => audit.failure('SigningKey', failure)),
  ...(configuration.proof && { possession: new ProofOfPossession(configuration.proof, replayStore()) }),
  apiKeys: new ApiKeys((name) => secretReader(home, process.env, clock, name), clock, (failure) => audit.failure('ApiKeys', failure)),
  ...(revocation && {
    revocation: new LoadedRevocation(join(__dirname, REVOCATION_READER_FILE), ({ revocationQuestion }) => revocationQuestion(revocation, clock, ({ message }) => audit.failure('RevocationLists', { message }), authorities || undefined)),
  }),
  ...(authorities && { knownClient: knownClient(authorities, (failure) => audit.failure('TrustStore', failure)) }),
  parameters: loadedParameters(join(__dirname, PARAMETER_CHECKS_FILE)),
  audit,
  ...(accessPolicies && { policies: decisionPoint(accessPolicies) }),
  ...(rateLimits && { limits: counted(rateLimits) }),
  clock,
  newTransaction: randomUUID,
};

function introspected(policy: AccessTokenPolicy): IntrospectedTokens | undefined {
  const { introspection } = policy;
  if (!introspection) {
    return undefined;
  }
  const read = secretReader(home, process.env, clock, introspection.secretName);
  const onFailure = (failure: DependencyFailure): void => audit.failure('Introspection', failure);
  const endpoint = new IntrospectionEndpoint(introspection, read, httpsFormPoster(ANSWER_BOUNDS), clock, onFailure);
  return new IntrospectedTokens({ policy: { ...policy, introspection }, endpoint, clock, onFailure });
}

function decisionPoint(policies: NonNullable<typeof accessPolicies>): PolicyDecisionPoint {
  if (configuration.policyDecisionPoint === undefined) {
    const { CedarDecisionPoint } = requiredFile(join(__dirname, CEDAR_FILES.decisions)) as CedarModule;
    return new CedarDecisionPoint(policies, join(__dirname, CEDAR_FILES.module));
  }
  const stores = policyStores(requiredVariable(POLICY_STORES_VARIABLE), policies);
  return new VerifiedPermissions({ policies, stores, arn: home, environment: process.env, clock, onFailure: (failure) => audit.failure('PolicyDecisionPoint', failure) });
}

function counted(limits: Readonly<Record<string, RateLimitPolicy>>): RateLimits {
  const counter = new DynamoDbRateCounter(requiredVariable(RATE_TABLE_VARIABLE), process.env, clock);
  return new RateLimits({ securityDomain, limits, counter, clock, onFailure: (failure) => audit.failure('RateTable', failure) });
}

/** REQUEST authorizer of the REST APIs of one security domain. */
export const handler: APIGatewayRequestAuthorizerHandler = (event) => authorize(event, dependencies);

function replayStore(): ReplayStore {
  const table = new DynamoDbReplayStore(requiredVariable(REPLAY_TABLE_VARIABLE), process.env, clock);
  return new RememberedUses(table, clock, (failure) => audit.failure('ReplayTable', failure));
}
