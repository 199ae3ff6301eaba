import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { secretReader, type SecretReaderEnvironment } from '../../../lambda/authorizer/secret-reader';
import { SecretsManagerServer } from '../fixtures/secrets-manager-server';

const ARN = 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:signing-AbCdEf';
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
let environment: SecretReaderEnvironment;

beforeAll(async () => {
  environment = { ...CREDENTIALS, AWS_ENDPOINT_URL_SECRETS_MANAGER: await server.start() };
});
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  server.create(ARN, 'value');
});

const read = (overrides: SecretReaderEnvironment = {}) => secretReader(ARN, { ...environment, ...overrides }, () => TIME);

test('reads the current value', async () => {
  expect(await read()('AWSCURRENT')).toBe('value');
});

test('knows a stage that no version has', async () => {
  expect(await read()('AWSPREVIOUS')).toBeUndefined();
});

test.each([['with a session', {}], ['without a session', { AWS_SESSION_TOKEN: undefined }]])('signs as the SDK does, %s', async (_title, overrides) => {
  await read(overrides)('AWSCURRENT');
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

test('asks a second time after a fault, and not a third time', async () => {
  server.failNext('GetSecretValue');
  expect(await read()('AWSCURRENT')).toBe('value');
  server.failNext('GetSecretValue');
  server.failNext('GetSecretValue');
  await expect(read()('AWSCURRENT')).rejects.toThrow('signing key secret: status 400, AccessDeniedException');
});

test('fails without credentials and without a server', async () => {
  await expect(read({ AWS_SECRET_ACCESS_KEY: '' })('AWSCURRENT')).rejects.toThrow('signing key secret: no credentials');
  await expect(read({ AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://localhost:1' })('AWSCURRENT')).rejects.toThrow('signing key secret: ECONNREFUSED');
});

test('refuses to send credentials in the clear', () => {
  expect(() => read()).not.toThrow();
  expect(() => read({ AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://proxy.example' })).toThrow(TypeError);
});
