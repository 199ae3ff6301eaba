import {
  DescribeSecretCommand, GetRandomPasswordCommand, GetSecretValueCommand, ListSecretVersionIdsCommand, PutSecretValueCommand, SecretsManagerClient, UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { loopbackServer, type LoopbackServer } from '../../../local/loopback-server';
import { rotateSecret } from '../../../local/peer/secret-rotation';
import { SecretsManager } from '../../../local/peer/secrets-manager';

const ARN = 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:keys-AbCdEf';
const [FIRST, SECOND] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
let secrets: SecretsManager;
let server: LoopbackServer;
let client: SecretsManagerClient;

beforeEach(async () => {
  secrets = new SecretsManager();
  secrets.add(ARN, 'keys').put(FIRST, { SecretString: 'one' }, ['AWSCURRENT']);
  server = await loopbackServer(secrets.handle.bind(secrets));
  client = new SecretsManagerClient({ region: 'ap-southeast-2', endpoint: `http://127.0.0.1:${server.port}`, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
});
afterEach(async () => {
  client.destroy();
  await server.close();
});

const put = (SecretString: string, ClientRequestToken?: string, VersionStages?: string[]): Promise<unknown> => client.send(new PutSecretValueCommand({ SecretId: ARN, SecretString, ClientRequestToken, VersionStages }));
const value = async (VersionStage?: string): Promise<string | undefined> => (await client.send(new GetSecretValueCommand({ SecretId: 'keys', VersionStage }))).SecretString;

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
test('moves AWSCURRENT to a new value and AWSPREVIOUS to the old one', async () => {
  await put('two', SECOND);
  expect([await value(), await value('AWSPREVIOUS')]).toEqual(['two', 'one']);
  expect((await client.send(new DescribeSecretCommand({ SecretId: ARN }))).VersionIdsToStages).toEqual({ [FIRST!]: ['AWSPREVIOUS'], [SECOND!]: ['AWSCURRENT'] });
});

test('takes the same request twice, and refuses another value under its token', async () => {
  await put('two', SECOND, ['AWSPENDING']);
  await put('two', SECOND, ['AWSPENDING']);
  await expect(put('three', SECOND, ['AWSPENDING'])).rejects.toMatchObject({ name: 'ResourceExistsException' });
});

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
test('finds no value that is not there', async () => {
  await expect(value('AWSPENDING')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'other' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'Secrets Manager can\'t find the specified secret.' });
});

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
test('moves a stage only from the version that is named', async () => {
  await put('two', SECOND, ['AWSPENDING']);
  const move = (RemoveFromVersionId?: string): Promise<unknown> => client.send(new UpdateSecretVersionStageCommand({ SecretId: ARN, VersionStage: 'AWSCURRENT', MoveToVersionId: SECOND, RemoveFromVersionId }));
  await expect(move()).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await move(FIRST);
  expect([await value(), await value('AWSPREVIOUS'), await value('AWSPENDING')]).toEqual(['two', 'one', 'two']);
});

test('lists versions, and the deprecated ones on request', async () => {
  for (const text of ['two', 'three']) await put(text);
  const count = async (IncludeDeprecated: boolean): Promise<number | undefined> => (await client.send(new ListSecretVersionIdsCommand({ SecretId: ARN, IncludeDeprecated }))).Versions?.length;
  expect([await count(false), await count(true)]).toEqual([2, 3]);
});

test('makes passwords without the characters that are excluded', async () => {
  const { RandomPassword } = await client.send(new GetRandomPasswordCommand({ PasswordLength: 200, ExcludePunctuation: true, ExcludeUppercase: true, ExcludeCharacters: 'abc' }));
  expect(RandomPassword).toMatch(/^[d-z0-9]{200}$/);
});

// https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
test('rotates in four steps, beginning with a pending version without a value', async () => {
  secrets.secret(ARN).rotationFunction = 'arn:aws:lambda:ap-southeast-2:111111111111:function:rotation';
  const steps: unknown[] = [];
  await rotateSecret(secrets, ARN, {
    invoke: async (_, event) => {
      const { Step, ClientRequestToken } = event as { Step: string; ClientRequestToken: string };
      const { RotationEnabled, VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: ARN }));
      steps.push([Step, RotationEnabled, VersionIdsToStages?.[ClientRequestToken]]);
      if (Step === 'createSecret') await put('rotated', ClientRequestToken, ['AWSPENDING']);
      if (Step === 'finishSecret') secrets.secret(ARN).updateStage('AWSCURRENT', FIRST, ClientRequestToken);
      return { value: null };
    },
  });
  expect(steps).toEqual(['createSecret', 'setSecret', 'testSecret', 'finishSecret'].map((step) => [step, true, ['AWSPENDING']]));
  expect(await value()).toBe('rotated');
});

test('refuses a rotation whose step fails, in the words of the function', async () => {
  await expect(rotateSecret(secrets, ARN, { invoke: () => Promise.resolve({ error: { errorType: 'Error', errorMessage: 'no' } }) }))
    .rejects.toThrow('LOCAL_ROTATION: secret keys rotates, got Error in createSecret: no; write a rotation function whose four steps succeed');
});
