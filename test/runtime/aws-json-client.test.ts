import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsJsonClient } from '../../runtime/aws-json-client';
import { SecretsManagerServer } from '../lambda/fixtures/secrets-manager-server';

type Environment = Readonly<Record<string, string | undefined>>;

const ARN = 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:signing-AbCdEf';
const SERVICE = { name: 'secretsmanager', target: 'secretsmanager', protocol: '1.1', endpointVariable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER' } as const;
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG', AWS_SESSION_TOKEN: 'session' };
const TIME = Date.parse('2027-01-15T08:00:00.123Z');

class Sha256 {
  private readonly hash;
  constructor(secret?: string | Uint8Array) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset(): void {
    throw new Error('not needed');
  }
}

const server = new SecretsManagerServer();
let endpoint: string;

beforeAll(async () => {
  endpoint = await server.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  server.create(ARN, 'value');
});

function client(overrides: Environment = {}): AwsJsonClient {
  const environment = { ...CREDENTIALS, AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint, ...overrides };
  return new AwsJsonClient({ service: SERVICE, arn: ARN, dependency: 'secret', environment, clock: () => TIME });
}

test('answers with what the service says', async () => {
  expect(await client().call('GetSecretValue', { SecretId: ARN })).toEqual({ status: 200, body: expect.objectContaining({ SecretString: 'value' }) });
});

test('names the fault of a refusal, which is an answer', async () => {
  expect(await client().call('GetSecretValue', { SecretId: 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:other' }))
    .toMatchObject({ status: 400, fault: 'ResourceNotFoundException' });
});

test.each([['with a session', {}], ['without a session', { AWS_SESSION_TOKEN: undefined }]])('signs as the SDK does, %s', async (_title, overrides) => {
  await client(overrides).call('GetSecretValue', { SecretId: ARN });
  const [{ headers, body }] = server.requests as [typeof server.requests[0]];
  const names = /SignedHeaders=([^,]+)/.exec(String(headers.authorization))![1]!.split(';');
  const signer = new SignatureV4({
    service: 'secretsmanager', region: 'ap-southeast-2', sha256: Sha256 as never, applyChecksum: false,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG', ...('AWS_SESSION_TOKEN' in overrides ? {} : { sessionToken: 'session' }) },
  });
  const { headers: expected } = await signer.sign({
    method: 'POST', protocol: 'http:', hostname: 'localhost', path: '/', query: {}, body,
    headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
  }, { signingDate: new Date(TIME) });
  expect(headers.authorization).toBe(expected.authorization);
});

test('fails without credentials and without a server', async () => {
  await expect(client({ AWS_SECRET_ACCESS_KEY: '' }).call('GetSecretValue', {})).rejects.toThrow('secret: no credentials');
  await expect(client({ AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://localhost:1' }).call('GetSecretValue', {})).rejects.toThrow('secret: ECONNREFUSED');
});

test('refuses to send credentials in the clear', () => {
  expect(() => client()).not.toThrow();
  expect(() => client({ AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://proxy.example' })).toThrow(TypeError);
});
