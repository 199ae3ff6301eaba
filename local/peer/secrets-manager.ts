import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { awsJsonExchange, type AwsJsonAnswer } from './aws-json-exchange';
import { randomPassword, type RandomPasswordSettings } from './random-password';
import { Secret, SecretsManagerError } from './secret';

interface Input extends RandomPasswordSettings {
  readonly SecretId?: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
  readonly VersionStages?: readonly string[];
  readonly ClientRequestToken?: string;
  readonly SecretString?: string;
  readonly SecretBinary?: string;
  readonly RemoveFromVersionId?: string;
  readonly MoveToVersionId?: string;
  readonly IncludeDeprecated?: boolean;
}

/** The operations of AWS Secrets Manager that handlers use, over its JSON 1.1 protocol. Signatures are not checked. */
export class SecretsManager {
  private readonly secrets: Secret[] = [];

  /** Adds an empty secret. */
  public add(arn: string, name: string): Secret {
    const secret = new Secret(arn, name);
    this.secrets.push(secret);
    return secret;
  }

  /** A secret by ARN, ARN without its random suffix, or name. @throws SecretsManagerError */
  public secret(id: string | undefined): Secret {
    const found = this.secrets.find(({ arn, name }) => arn === id || name === id || arn.replace(/-[^-]{6}$/, '') === id);
    if (found === undefined) throw new SecretsManagerError('ResourceNotFoundException', 'Secrets Manager can\'t find the specified secret.');
    return found;
  }

  private readonly operations: { readonly [name: string]: (input: Input) => object } = {
    GetSecretValue: ({ SecretId, VersionId, VersionStage }) => {
      const secret = this.secret(SecretId);
      const version = secret.version(VersionId, VersionStage);
      return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages], CreatedDate: version.createdAt, ...version.value };
    },
    PutSecretValue: ({ SecretId, ClientRequestToken, SecretString, SecretBinary, VersionStages }) => {
      const secret = this.secret(SecretId);
      if (SecretString === undefined && SecretBinary === undefined) throw new SecretsManagerError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
      const version = secret.put(ClientRequestToken ?? randomUUID(), SecretString === undefined ? { SecretBinary } : { SecretString }, VersionStages ?? ['AWSCURRENT']);
      return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
    },
    DescribeSecret: ({ SecretId }) => {
      const secret = this.secret(SecretId);
      return {
        ARN: secret.arn, Name: secret.name, CreatedDate: secret.createdAt,
        RotationEnabled: secret.rotationFunction !== undefined,
        ...secret.rotationFunction === undefined ? {} : { RotationLambdaARN: secret.rotationFunction },
        VersionIdsToStages: Object.fromEntries(secret.all.filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]])),
      };
    },
    UpdateSecretVersionStage: ({ SecretId, VersionStage, RemoveFromVersionId, MoveToVersionId }) => {
      const secret = this.secret(SecretId);
      if (VersionStage === undefined) throw new SecretsManagerError('InvalidParameterException', 'VersionStage is required.');
      secret.updateStage(VersionStage, RemoveFromVersionId, MoveToVersionId);
      return { ARN: secret.arn, Name: secret.name };
    },
    ListSecretVersionIds: ({ SecretId, IncludeDeprecated }) => {
      const secret = this.secret(SecretId);
      const versions = secret.all.filter(({ stages }) => IncludeDeprecated === true || stages.size > 0);
      return { ARN: secret.arn, Name: secret.name, Versions: versions.map(({ id, stages, createdAt }) => ({ VersionId: id, VersionStages: [...stages], CreatedDate: createdAt })) };
    },
    GetRandomPassword: (input) => ({ RandomPassword: randomPassword(input) }),
  };

  /** Answers one HTTP request of an AWS client. */
  public handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return awsJsonExchange(request, response, '1.1', (target, text) => this.answer(target, text));
  }

  private answer(target: string, text: string): AwsJsonAnswer {
    try {
      const operation = this.operations[target.replace(/^secretsmanager\./, '')];
      if (operation === undefined) throw new SecretsManagerError('UnknownOperationException', `the local Secrets Manager has no operation ${target}`);
      return { status: 200, body: operation(JSON.parse(text === '' ? '{}' : text) as Input) };
    } catch (error) {
      const type = error instanceof SecretsManagerError ? error.type : 'InvalidRequestException';
      return { status: 400, body: { __type: type, Message: (error as Error).message, message: (error as Error).message } };
    }
  }
}
