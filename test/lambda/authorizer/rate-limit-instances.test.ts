import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { newSigningKey } from '../../../lambda/key-rotation/key-pair';
import type { AuthorizerConfiguration } from '../../../lib/contract/authorizer-configuration';
import { DynamoDbServer, TABLE_ARN } from '../../fixtures/dynamo-db-server';
import { accessToken, CONFIGURATION, requestEvent } from '../fixtures/authorizer';
import { Bundle } from '../fixtures/bundle';
import { JWKS } from '../fixtures/issuer';
import { httpsServer, type LoopbackServer } from '../fixtures/loopback-server';
import { SecretsManagerServer } from '../fixtures/secrets-manager-server';

const ARN = 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:signing-AbCdEf';
const LIMIT = 50;
const folder = mkdtempSync(join(tmpdir(), 'rate-'));
const [secrets, tables] = [new SecretsManagerServer(), new DynamoDbServer()];
let issuer: LoopbackServer;
let bundle: Bundle;
let environment: Record<string, string>;

beforeAll(async () => {
  issuer = await httpsServer((_, response) => response.end(JSON.stringify(JWKS)));
  writeFileSync(join(folder, 'ca.pem'), issuer.ca!);
  secrets.create(ARN, JSON.stringify(newSigningKey(0)));
  environment = {
    ...await tables.start(), SIGNING_KEY_SECRET_ARN: ARN, RATE_TABLE_ARN: TABLE_ARN, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), AWS_ENDPOINT_URL_SECRETS_MANAGER: await secrets.start(),
  };
  // A day, so that no window ends while the test runs, but at midnight.
  const configuration: AuthorizerConfiguration = {
    ...CONFIGURATION, accessToken: { ...CONFIGURATION.accessToken, issuer: issuer.url, jwksUri: `${issuer.url}/keys` }, rateLimits: { accounts: { requests: LIMIT, windowSeconds: 86_400 } },
  };
  bundle = await Bundle.of('authorizer', { 'configuration.json': JSON.stringify(configuration) });
});
afterAll(async () => {
  bundle.remove();
  rmSync(folder, { recursive: true });
  await Promise.all([issuer.close(), secrets.stop(), tables.stop()]);
});
beforeEach(() => { tables.empty(); });

function event(): APIGatewayRequestAuthorizerEvent {
  const now = Math.floor(Date.now() / 1000);
  return requestEvent({ token: accessToken({ iss: issuer.url, iat: now, exp: now + 60 }) });
}

test('lets exactly as many of 200 concurrent callers of four deployed authorizers through as the limit says', async () => {
  const request = event();
  const outcomes = (await Promise.all(Array.from({ length: 4 }, () => bundle.invokeAtOnce(request, 50, environment)))).flat();
  const contexts = outcomes.map(({ result, error }) => error ?? (result as { context: { refusal?: string } }).context.refusal ?? 'allowed');
  expect(contexts.filter((context) => context === 'allowed')).toHaveLength(LIMIT);
  expect(contexts.filter((context) => context === 'rate_limit_exceeded')).toHaveLength(200 - LIMIT);
  expect(tables.requests).toBeLessThanOrEqual(200);
  expect(tables.items).toHaveLength(1);
});

test('decides nothing while the table is away, and counts that', async () => {
  tables.down = true;
  const { error, lines } = await bundle.invoke(event(), environment);
  expect(error).toBe('The decision could not be made');
  expect(lines.filter(Boolean).map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ outcome: 'requested' }),
    expect.objectContaining({ type: 'dependency', Dependency: 'RateTable', DependencyFailures: 1, detail: 'rate table: ECONNRESET' }),
    expect.objectContaining({ outcome: 'refused', reason: 'dependency_failed' }),
  ]);
});

test('refuses to start without the table that its configuration asks for', async () => {
  const { RATE_TABLE_ARN: _, ...without } = environment;
  await expect(bundle.invoke(event(), without)).rejects.toThrow('RATE_TABLE_ARN');
});
