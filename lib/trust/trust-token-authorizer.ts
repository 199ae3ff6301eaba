import { Duration } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AUTHORIZER_CONFIGURATION_FILE, AuthorizerConfiguration } from '../contract/authorizer-configuration';
import { ApiGroup } from '../declaration/api-group';
import { Environment } from '../declaration/environment';
import { operationPolicies } from '../declaration/operation-policies';
import { PolicyDecisionPoint } from '../declaration/policy-decision-point';
import { rateLimits } from '../declaration/rate-limits';
import { SecurityDomain } from '../declaration/security-domain';
import { HandlerFunction } from '../private/handler-function';
import { demand } from '../private/refusal';
import { ReplayTable } from '../private/replay-table';
import { TrustStoreVersion } from '../private/trust-store-version';
import { accessPolicyConfiguration, cedarFiles, storedPolicyConfiguration } from './access-policy-files';
import { clientPolicies } from './client-policies';
import { introspectionPolicy, introspectionStatements } from './introspection-policy';
import { PolicyStores } from './policy-stores';
import { parameterChecksFile } from './parameter-checks-file';
import { RateTable } from './rate-table';
import { revocationPolicies, revocationReaderFile } from './revocation-policies';
import { secretPolicies } from './secret-policies';
import { SIGNS } from './signing-key';
import { storedAuthorities } from './stored-authorities';
import { ITrustTokenKeys } from './trust-token-keys';

/** Properties of `TrustTokenAuthorizer`. */
export interface TrustTokenAuthorizerProps {
  /** Whose access tokens are accepted, and which trust domain the issued tokens are for. */
  readonly environment: Environment;
  /** The security domain whose callers it authorizes; its consumers are the only ones. */
  readonly domain: SecurityDomain;
  /** API groups; operations that are exposed in the domain are the only ones it lets through. */
  readonly groups: ApiGroup[];
  /** Base URL under which the public keys are served: `https://internal.test.bank.example`. */
  readonly trustIssuer: string;
  /** The key that signs trust tokens. */
  readonly signingKey: ITrustTokenKeys;
  /**
   * Secrets with the API keys that consumers of the domain present.
   *
   * @default - no consumer of the domain has one
   */
  readonly apiKeys?: ISecret[];
  /**
   * The version of the trust store that a `StoredTrustStore` stored; needed where a partner has private CAs.
   *
   * @default - the authorities of all partners came in files
   */
  readonly storedTrustStore?: TrustStoreVersion;
  /** Network of the environment; the function runs in its private subnets. */
  readonly vpc: IVpc;
  /** What the function may connect to: identity provider and AWS over HTTPS. */
  readonly securityGroup: ISecurityGroup;
  /** Encrypts environment variables and log. */
  readonly key: IKey;
  /**
   * How long an issued trust token is valid, 5 seconds to 5 minutes.
   *
   * @default Duration.minutes(1)
   */
  readonly tokenLifetime?: Duration;
}

/**
 * Authorizes callers of one security domain and issues their trust tokens.
 *
 * A service trusts the token, never the caller's own credential. The token is an OAuth Transaction Token
 * (draft-ietf-oauth-transaction-tokens) and lives at most as long as the access token (RFC 9068) it came from.
 */
export class TrustTokenAuthorizer extends Construct {
  /** The Lambda authorizer that REST APIs refer to. */
  public readonly function: IFunction;

  public constructor(scope: Construct, id: string, props: TrustTokenAuthorizerProps) {
    super(scope, id);
    const decided = configuration(props);
    const stores = decided.policyDecisionPoint && new PolicyStores(this, 'PolicyStores', props);
    const authorities = storedAuthorities(this, props);
    const { function: authorizer, policy } = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'authorizer',
      duty: SIGNS,
      description: `Verifies access tokens and issues trust tokens in the ${props.domain.exposure} domain`,
      timeout: Duration.seconds(10),
      environment: { ...props.signingKey.signerEnvironment, ...stores?.variables, ...authorities?.variables },
      files: { ...authorizerFiles(decided), ...authorities?.files },
      failureHandling: 'The gateway invokes the authorizer synchronously and refuses the caller when it fails; the alarm on authorizer errors tells.',
    });
    props.signingKey.grantSign(policy);
    if (authorities) policy.addStatements(authorities.statement);
    for (const statement of introspectionStatements(props.environment)) policy.addStatements(statement);
    if (props.domain.takesProofs) new ReplayTable(this, 'UsedProofs', { key: props.key }).grantUse(authorizer, policy);
    if (decided.rateLimits) new RateTable(this, 'Requests', { key: props.key }).grantCount(authorizer, policy);
    secretPolicies(this, 'ApiKeyPolicy', authorizer.role!, ['secretsmanager:GetSecretValue'], props.apiKeys ?? []);
    if (stores) {
      policy.addStatements(stores.statement);
      // Permits that it does not know yet change nothing; those that it knows and that are missing would.
      authorizer.node.addDependency(stores);
    }
    this.function = authorizer;
  }
}

/** The Cedar engine is larger than all else together, so it travels only where there are policies; the reader of revocation lists where there are lists. */
function authorizerFiles(decided: AuthorizerConfiguration): { [name: string]: string | Buffer } {
  return { [AUTHORIZER_CONFIGURATION_FILE]: JSON.stringify(decided), ...parameterChecksFile(), ...(decided.revocation && revocationReaderFile()), ...(decided.accessPolicies && decided.policyDecisionPoint === undefined && cedarFiles()) };
}

function configuration(props: TrustTokenAuthorizerProps): AuthorizerConfiguration {
  const { environment, domain } = props;
  const { identityProvider } = environment;
  return {
    environment: environment.name,
    securityDomain: domain.exposure,
    trustDomain: environment.domainName,
    trustIssuer: props.trustIssuer,
    trustTokenSeconds: checkedLifetime(props.tokenLifetime ?? Duration.minutes(1)),
    accessToken: {
      issuer: identityProvider.issuer,
      jwksUri: identityProvider.jwksUri,
      audience: environment.audience,
      algorithms: identityProvider.algorithms,
      maxLifetimeSeconds: identityProvider.accessTokenLifetime.lifetime.toSeconds(),
      clockSkewSeconds: identityProvider.clockSkew.toSeconds(),
      keysUsableThroughOutageSeconds: identityProvider.keysUsableThroughOutage.toSeconds(),
      introspection: introspectionPolicy(identityProvider.introspection),
    },
    mutualTls: domain.mutualTls,
    ...revocationPolicies(domain.mutualTls ? environment.partnerTrustStore : undefined),
    ...(domain.takesProofs && { proof: { host: `${domain.subdomain}.${environment.domainName}`.toLowerCase() } }),
    clients: clientPolicies(domain, props.groups, domain.mutualTls ? environment.partnerTrustStore : undefined, environment.name),
    ...((domain.honeypots?.canaryClients.length ?? 0) > 0 && { canaries: domain.honeypots?.canaryClients }),
    operations: operationPolicies(domain, props.groups),
    ...(environment.policyDecisionPoint === PolicyDecisionPoint.VERIFIED_PERMISSIONS ? storedPolicyConfiguration : accessPolicyConfiguration)(domain, props.groups),
    rateLimits: rateLimits(domain, props.groups),
  };
}

function checkedLifetime(lifetime: Duration): number {
  const seconds = lifetime.toSeconds({ integral: false });
  demand('TRUST_TOKEN_LIFETIME', Number.isInteger(seconds) && seconds >= 5 && seconds <= 300, () => lifetime.toHumanString());
  return seconds;
}
