import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { apiKeySecretName } from '../contract/api-key';
import { ApiKey } from '../declaration/api-key';
import { Consumer } from '../declaration/consumer';
import { SecurityDomain } from '../declaration/security-domain';
import { HandlerFunction } from '../private/handler-function';
import { demand } from '../private/refusal';
import { confine, permitInvocation, permitKey, reserve, schedule, SECRET_ROTATION, SECRET_WRITES } from './rotated-secret';
import { secretPolicies } from './secret-policies';
import { SIGNS } from './signing-key';

const ROTATES = 'rotate-api-keys';
/** Duty of the organisation's own role that hands a key to its consumer. */
const DELIVERS = 'deliver-api-keys';

/** Every secret of the domain is rotated for the first time in the same minute. */
const ROTATIONS_AT_ONCE = 5;

/** Three resources each have to fit into the stack of the domain. */
const MOST_KEYS = 100;

/** Properties of `ApiKeys`. */
export interface ApiKeysProps {
  /** Name of the environment, the first part of the secrets' names. */
  readonly environmentName: string;
  /** The security domain whose consumers present API keys. */
  readonly domain: SecurityDomain;
  /** Network of the environment; the rotation runs in its private subnets. */
  readonly vpc: IVpc;
  /** What the rotation may connect to: Secrets Manager over HTTPS. */
  readonly securityGroup: ISecurityGroup;
  /** Encrypts the secrets and the log. */
  readonly key: IKey;
}

/**
 * The API keys of one security domain's consumers, a secret for each, and the function that replaces them.
 *
 * A key is generated in the account by the first rotation, at deployment, and by every later one. A role reads it to hand it
 * over when it is tagged `ApiSecurityDuty` = `deliver-api-keys` and permitted to read that secret.
 */
export class ApiKeys extends Construct {
  /** Holds one key each, as `ENVIRONMENT/DOMAIN/CONSUMER/api-key`. */
  public readonly secrets: ISecret[];
  /** Function that replaces the keys; while it fails, the current ones stay in use. */
  public readonly rotation: IFunction;
  /** Name of that function, for other stacks: an export of it would still be in use when the last API key goes. */
  public readonly rotationName: string;

  public constructor(scope: Construct, id: string, props: ApiKeysProps) {
    super(scope, id);
    const { domain, environmentName, key } = props;
    const owners = withApiKey(domain);
    demand('API_KEYS', owners.length <= MOST_KEYS, () => `${owners.length} in the ${domain.exposure} domain`);
    this.rotationName = `${environmentName}-${domain.exposure}-ApiKeyRotation`;
    const { function: rotation, policy } = new HandlerFunction(this, 'Rotation', {
      ...props,
      handler: 'api-key-rotation',
      functionName: this.rotationName,
      duty: ROTATES,
      description: `Replaces the API keys of the ${domain.exposure} domain`,
      timeout: Duration.seconds(60),
      reservedConcurrency: ROTATIONS_AT_ONCE,
      failureHandling: 'Secrets Manager invokes the rotation, repeats a failed step and keeps the current key meanwhile; the alarm ApiKeyRotationFailed tells.',
    });
    permitKey(policy, key);
    this.rotation = rotation;
    const secrets = owners.map(({ consumer, apiKey }) => {
      const owner = new Construct(this, consumer.name);
      const secret = new Secret(owner, 'Secret', {
        secretName: apiKeySecretName(environmentName, domain.exposure, consumer.name),
        description: `API key of ${consumer.name} in the ${domain.exposure} domain`,
        encryptionKey: key,
      });
      reserve(secret, ['secretsmanager:GetSecretValue'], [SIGNS, ROTATES, DELIVERS]);
      reserve(secret, SECRET_WRITES, [ROTATES]);
      confine(secret);
      return { owner, secret, apiKey };
    });
    this.secrets = secrets.map(({ secret }) => secret);
    // One permission for all: those of a function together are limited to 20 KB.
    const permissions = [policy, permitInvocation(this, rotation, this.secretsArn(props)), ...secretPolicies(this, 'Policy', rotation.role!, SECRET_ROTATION, this.secrets)];
    for (const { owner, secret, apiKey } of secrets) schedule(owner, secret, rotation, apiKey.period, permissions);
  }

  /** Every API key of the domain, and no other secret. */
  private secretsArn({ environmentName, domain }: ApiKeysProps): string {
    return Stack.of(this).formatArn({ service: 'secretsmanager', resource: 'secret', resourceName: `${apiKeySecretName(environmentName, domain.exposure, '*')}-??????`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  }
}

/** True where a consumer of the domain presents an API key. */
export function hasApiKeys(domain: SecurityDomain): boolean {
  return withApiKey(domain).length > 0;
}

function withApiKey({ consumers }: SecurityDomain): { readonly consumer: Consumer; readonly apiKey: ApiKey }[] {
  return consumers.flatMap((consumer) => (consumer.apiKey === undefined ? [] : [{ consumer, apiKey: consumer.apiKey }]));
}
