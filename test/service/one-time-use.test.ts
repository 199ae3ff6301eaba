import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDbReplayStore, lambdaTrustToken, nodeHttpTrustToken, TrustTokenVerifier, type TrustTokenVerifierOptions } from '../../service';
import { DynamoDbServer, TABLE_ARN } from '../fixtures/dynamo-db-server';
import { CLAIMS, OPTIONS, trustToken } from './trust-token';

const NOW = Math.floor(Date.now() / 1000);
const fresh = (claims: object = {}): string => trustToken({ iat: NOW - 1, exp: NOW + 59, ...claims });
const server = new DynamoDbServer();
let environment: { readonly [variable: string]: string };

beforeAll(async () => { environment = await server.start(); });
afterAll(() => server.stop());
beforeEach(() => { server.empty(); });

/** A verifier as each instance of a service has one. */
const verifier = (options: Partial<TrustTokenVerifierOptions> = {}): TrustTokenVerifier =>
  new TrustTokenVerifier({ ...OPTIONS, clock: Date.now, oneTimeUse: new DynamoDbReplayStore(TABLE_ARN, environment), ...options });
const outcome = (attempt: Promise<unknown>): Promise<string> => attempt.then(() => 'accepted', ({ reason }: { reason: string }) => reason);

test('accepts a token once, at whatever instance of the service', async () => {
  const token = fresh();
  expect(await outcome(verifier({ oneTimeUse: undefined }).verify(token))).toBe('accepted');
  expect(await outcome(verifier().verify(token))).toBe('accepted');
  expect(await outcome(verifier().verify(token))).toBe('token_replayed');
  expect(await outcome(verifier().verify(fresh({ txn: 'another' })))).toBe('accepted');
});

test('accepts a token any number of times without that option', async () => {
  const token = fresh();
  const repeated = verifier({ oneTimeUse: undefined });
  expect([await outcome(repeated.verify(token)), await outcome(repeated.verify(token))]).toEqual(['accepted', 'accepted']);
  expect(server.requests).toBe(0);
});

test('lets exactly one of many concurrent requests with one token through', async () => {
  const [token, instances] = [fresh(), Array.from({ length: 25 }, () => verifier())];
  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, index) => outcome(instances[index % 25]!.verify(token))));
  expect(outcomes.filter((one) => one === 'accepted')).toHaveLength(1);
  expect(outcomes.filter((one) => one === 'token_replayed')).toHaveLength(199);
});

test('uses up no token that it refuses for another reason', async () => {
  expect(await outcome(verifier({ scopes: ['accounts.write'] }).verify(fresh()))).toBe('scope_insufficient');
  expect(await outcome(verifier({ service: 'other-api' }).verify(fresh()))).toBe('service_mismatch');
  expect(await outcome(verifier().verify(fresh({ exp: NOW - 1, iat: NOW - 30 })))).toBe('token_expired');
  expect(server.requests).toBe(0);
});

test('uses up nothing of another service that shares the table', async () => {
  const token = fresh();
  expect(await outcome(verifier({ service: 'accounts-api' }).verify(token))).toBe('accepted');
  expect(await outcome(verifier().verify(token))).toBe('accepted');
});

test('lets the table forget a token only after it expired, and keeps no claim in it', async () => {
  await verifier().verify(fresh());
  expect(server.items).toEqual([{ id: { S: expect.stringMatching(/^[\w-]{43}$/) }, user: { S: expect.stringMatching(/^[\da-f-]{36}$/) }, until: { N: `${NOW + 59 + 60}` } }]);
});

test('answers 401 to a repeated event and 503 while the table is away', async () => {
  const handler = (used: TrustTokenVerifier) => lambdaTrustToken(used, async () => ({ statusCode: 200 }));
  const event = { httpMethod: 'GET', resource: '/accounts/{id}', requestContext: { authorizer: { trustToken: fresh() } } };
  expect(await handler(verifier())(event, {})).toMatchObject({ statusCode: 200 });
  expect(await handler(verifier())(event, {})).toMatchObject({ statusCode: 401, headers: { 'Content-Type': 'application/problem+json' } });
  server.down = true;
  expect(await handler(verifier())({ ...event, requestContext: { authorizer: { trustToken: fresh({ txn: 'another' }) } } }, {})).toMatchObject({ statusCode: 503 });
  expect(await outcome(verifier().verify(fresh({ txn: 'a third' })))).toBe('dependency_failed');
});

describe('behind the middleware', () => {
  let http: Server;
  const status = (token: string): Promise<number> => new Promise((resolve) => {
    get({ port: (http.address() as AddressInfo).port, headers: { 'Txn-Token': token }, agent: false }, (response) => { response.resume(); resolve(response.statusCode!); });
  });
  beforeAll(async () => {
    const middleware = nodeHttpTrustToken(verifier());
    http = createServer((request, response) => { middleware(request, response, () => response.end()); });
    await new Promise<void>((resolve) => { http.listen(0, '127.0.0.1', resolve); });
  });
  afterAll(() => new Promise((resolve) => { http.close(resolve); http.closeAllConnections(); }));

  test('answers one of two requests with one token', async () => {
    const token = fresh({ tctx: { ...CLAIMS.tctx, method: 'GET' } });
    expect((await Promise.all([status(token), status(token)])).sort()).toEqual([200, 401]);
  });
});

describe('from the environment', () => {
  const before = { ...process.env };
  const TRUST = { TRUST_DOMAIN: 'test.bank.example', TRUST_ISSUER: 'https://api.test.bank.example', TRUST_GROUP: 'accounts', TRUST_SERVICE: 'accounts-api' };
  const fromEnvironment = (variables: object): TrustTokenVerifier => {
    Object.assign(process.env, TRUST, environment, variables);
    return TrustTokenVerifier.fromEnvironment({ keys: OPTIONS.keys });
  };
  afterEach(() => { process.env = { ...before }; });

  test('uses the table that the construct names', async () => {
    const token = fresh();
    expect([await outcome(fromEnvironment({ REPLAY_TABLE_ARN: TABLE_ARN }).verify(token)), await outcome(fromEnvironment({}).verify(token))]).toEqual(['accepted', 'token_replayed']);
  });

  test('refuses to start with a table that was not filled in', () => {
    expect(() => fromEnvironment({ REPLAY_TABLE_ARN: '' })).toThrow('a replay table is named by its ARN');
  });
});
