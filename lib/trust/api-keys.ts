import { Duration } from 'aws-cdk-lib';
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
import { permitKey, permitRotation, reserve, schedule, SECRET_WRITES } from './rotated-secret';
import { SIGNS } from './signing-key';

const ROTATES = 'rotate-api-keys';
/** Duty of the organisation's own role that hands a key to its consumer. */
const DELIVERS = 'deliver-api-keys';

/** Every secret of the domain is rotated for the first time in the same minute. */
const ROTATIONS_AT_ONCE = 5;

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

  public constructor(scope: Construct, id: string, props: ApiKeysProps) {
    super(scope, id);
    const { domain, environmentName, key } = props;
    const { function: rotation, policy } = new HandlerFunction(this, 'Rotation', {
      ...props,
      handler: 'api-key-rotation',
      duty: ROTATES,
      description: `Replaces the API keys of the ${domain.exposure} domain`,
      timeout: Duration.seconds(60),
      reservedConcurrency: ROTATIONS_AT_ONCE,
      failureHandling: 'Secrets Manager invokes the rotation, repeats a failed step and keeps the current key meanwhile; the alarm ApiKeyRotationFailed tells.',
    });
    permitKey(policy, key);
    this.rotation = rotation;
    this.secrets = withApiKey(domain).map(({ consumer, apiKey }) => {
      const owner = new Construct(this, consumer.name);
      const secret = new Secret(owner, 'Secret', {
        secretName: apiKeySecretName(environmentName, domain.exposure, consumer.name),
        description: `API key of ${consumer.name} in the ${domain.exposure} domain`,
        encryptionKey: key,
      });
      permitRotation(policy, secret);
      reserve(secret, ['secretsmanager:GetSecretValue'], [SIGNS, ROTATES, DELIVERS]);
      reserve(secret, SECRET_WRITES, [ROTATES]);
      schedule(owner, secret, rotation, policy, apiKey.period);
      return secret;
    });
  }
}

/** True where a consumer of the domain presents an API key. */
export function hasApiKeys(domain: SecurityDomain): boolean {
  return withApiKey(domain).length > 0;
}

function withApiKey({ consumers }: SecurityDomain): { readonly consumer: Consumer; readonly apiKey: ApiKey }[] {
  return consumers.flatMap((consumer) => (consumer.apiKey === undefined ? [] : [{ consumer, apiKey: consumer.apiKey }]));
}
