import {
  DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand, ResourceNotFoundException, SecretsManagerClient, UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';

/** Which version of a secret: by its stage, its id, or both. */
export interface SecretVersion {
  readonly stage?: string;
  readonly versionId?: string;
}

/** What rotation and publication ask of Secrets Manager. */
export interface SecretStore {
  /** Stages of each version, by version id. */
  stages(secretId: string): Promise<{ readonly [versionId: string]: readonly string[] }>;
  /** Value of a version; undefined where it does not exist. */
  value(secretId: string, version?: SecretVersion): Promise<string | undefined>;
  /** Stores a value as the version `versionId` in stage AWSPENDING; as the current version where no id is given. */
  put(secretId: string, value: string, versionId?: string): Promise<void>;
  /** Takes AWSPENDING from a version, which ends its rotation. */
  cancel(secretId: string, versionId: string): Promise<void>;
  /** Moves AWSCURRENT from one version to another; Secrets Manager leaves AWSPREVIOUS on the old one. */
  makeCurrent(secretId: string, versionId: string, previousVersionId: string | undefined): Promise<void>;
}

/** AWS Secrets Manager, in the Region and as the role of the function. */
export class SecretsManagerStore implements SecretStore {
  constructor(private readonly client = new SecretsManagerClient({})) {}

  async stages(secretId: string): Promise<{ readonly [versionId: string]: readonly string[] }> {
    const { VersionIdsToStages } = await this.client.send(new DescribeSecretCommand({ SecretId: secretId }));
    return VersionIdsToStages ?? {};
  }

  async value(secretId: string, { stage, versionId }: SecretVersion = {}): Promise<string | undefined> {
    try {
      const { SecretString } = await this.client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage, VersionId: versionId }));
      return SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw error;
    }
  }

  async put(secretId: string, value: string, versionId?: string): Promise<void> {
    const pending = versionId === undefined ? {} : { ClientRequestToken: versionId, VersionStages: ['AWSPENDING'] };
    await this.client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: value, ...pending }));
  }

  async cancel(secretId: string, versionId: string): Promise<void> {
    await this.client.send(new UpdateSecretVersionStageCommand({ SecretId: secretId, VersionStage: 'AWSPENDING', RemoveFromVersionId: versionId }));
  }

  async makeCurrent(secretId: string, versionId: string, previousVersionId: string | undefined): Promise<void> {
    await this.client.send(new UpdateSecretVersionStageCommand({
      SecretId: secretId, VersionStage: 'AWSCURRENT', MoveToVersionId: versionId, RemoveFromVersionId: previousVersionId,
    }));
  }
}
