import { AwsJsonClient, type AwsJsonService } from '../../runtime/aws-json-client';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';

/** A stage of a secret's versions. */
export type SecretStage = 'AWSCURRENT' | 'AWSPREVIOUS';

/** Reads the value of one secret; undefined where no version has the stage. */
export type SecretReader = (stage: SecretStage) => Promise<string | undefined>;

const SECRETS_MANAGER: AwsJsonService = {
  name: 'secretsmanager',
  target: 'secretsmanager',
  protocol: '1.1',
  endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
};
const DEPENDENCY = 'signing key secret';
const ATTEMPTS = 2;

/**
 * A reader of one secret.
 *
 * @param secretArn ARN of the secret; names the Region
 * @param environment credentials and endpoint, as the Lambda runtime sets them
 * @param named reads the secret of this name in the same account and Region instead; failures name it so
 */
export function secretReader(secretArn: string, environment: Readonly<Record<string, string | undefined>>, clock: Clock, named?: string): SecretReader {
  const dependency = named === undefined ? DEPENDENCY : `secret ${named}`;
  const client = new AwsJsonClient({ service: SECRETS_MANAGER, arn: secretArn, dependency, environment, clock });
  return async (stage) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await secretString(client, named ?? secretArn, dependency, stage);
      } catch (failure) {
        if (attempt === ATTEMPTS) {
          throw failure;
        }
      }
    }
  };
}

async function secretString(client: AwsJsonClient, secretId: string, dependency: string, stage: SecretStage): Promise<string | undefined> {
  const { status, body, fault } = await client.call('GetSecretValue', { SecretId: secretId, VersionStage: stage });
  if (status === 200 && typeof body.SecretString === 'string') {
    return body.SecretString;
  }
  if (fault === 'ResourceNotFoundException') {
    return undefined;
  }
  throw new DependencyFailure(dependency, `status ${status}, ${fault ?? 'no secret string'}`);
}
