import { secretReader } from '../../../lambda/authorizer/secret-reader';
import { SecretsManagerServer } from '../fixtures/secrets-manager-server';

const ARN = 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:signing-AbCdEf';
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG', AWS_SESSION_TOKEN: 'session' };
const TIME = Date.parse('2027-01-15T08:00:00.123Z');

const server = new SecretsManagerServer();
type Environment = Readonly<Record<string, string | undefined>>;
let environment: Environment;

beforeAll(async () => {
  environment = { ...CREDENTIALS, AWS_ENDPOINT_URL_SECRETS_MANAGER: await server.start() };
});
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
  server.create(ARN, 'value');
});

const read = (overrides: Environment = {}) => secretReader(ARN, { ...environment, ...overrides }, () => TIME);

test('reads the current value', async () => {
  expect(await read()('AWSCURRENT')).toBe('value');
});

test('knows a stage that no version has', async () => {
  expect(await read()('AWSPREVIOUS')).toBeUndefined();
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
