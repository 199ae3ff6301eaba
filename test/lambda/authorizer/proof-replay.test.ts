import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { newSigningKey } from '../../../lambda/key-rotation/key-pair';
import { DynamoDbServer, TABLE_ARN } from '../../fixtures/dynamo-db-server';
import { requestEvent } from '../fixtures/authorizer';
import { Bundle } from '../fixtures/bundle';
import { boundToken, proof, PROVEN } from '../fixtures/dpop';
import { JWKS } from '../fixtures/issuer';
import { httpsServer, type LoopbackServer } from '../fixtures/loopback-server';
import { SecretsManagerServer } from '../fixtures/secrets-manager-server';

const ARN = 'arn:aws:secretsmanager:ap-southeast-2:111111111111:secret:signing-AbCdEf';
const folder = mkdtempSync(join(tmpdir(), 'replay-'));
const [secrets, tables] = [new SecretsManagerServer(), new DynamoDbServer()];
let issuer: LoopbackServer;
let bundle: Bundle;
let environment: Record<string, string>;

beforeAll(async () => {
  issuer = await httpsServer((_, response) => response.end(JSON.stringify(JWKS)));
  writeFileSync(join(folder, 'ca.pem'), issuer.ca!);
  secrets.create(ARN, JSON.stringify(newSigningKey(0)));
  environment = {
    ...await tables.start(), SIGNING_KEY_SECRET_ARN: ARN, REPLAY_TABLE_ARN: TABLE_ARN, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), AWS_ENDPOINT_URL_SECRETS_MANAGER: await secrets.start(),
  };
  const configuration = { ...PROVEN, accessToken: { ...PROVEN.accessToken, issuer: issuer.url, jwksUri: `${issuer.url}/keys` } };
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
  const token = boundToken('ec', { iss: issuer.url, iat: now, exp: now + 60 });
  return requestEvent({ headers: { Authorization: [`DPoP ${token}`], DPoP: [proof({ token, claims: { iat: now } })] } });
}

/** Each invocation is an instance of its own: a process that has seen nothing. */
async function instance(request: APIGatewayRequestAuthorizerEvent): Promise<string> {
  const { result, error } = await bundle.invoke(request, environment);
  const { context } = (result ?? {}) as { context?: { refusal?: string } };
  return error ?? context?.refusal ?? 'allowed';
}

test('lets one of several instances accept a proof that reaches them all at once', async () => {
  const request = event();
  const outcomes = await Promise.all([instance(request), instance(request), instance(request), instance(request)]);
  expect(outcomes.sort()).toEqual(['allowed', 'proof_replayed', 'proof_replayed', 'proof_replayed']);
  expect(tables.items).toHaveLength(1);
});

test('decides nothing while the table is away, and counts that', async () => {
  tables.down = true;
  const { error, lines } = await bundle.invoke(event(), environment);
  expect(error).toBe('The decision could not be made');
  expect(lines.filter(Boolean).map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ outcome: 'requested' }),
    expect.objectContaining({ type: 'dependency', Dependency: 'ReplayTable', DependencyFailures: 1, detail: 'replay table: ECONNRESET' }),
    expect.objectContaining({ outcome: 'refused', reason: 'dependency_failed' }),
  ]);
});

test('refuses to start without the table that its configuration asks for', async () => {
  const { REPLAY_TABLE_ARN: _, ...without } = environment;
  await expect(bundle.invoke(event(), without)).rejects.toThrow('REPLAY_TABLE_ARN');
});
