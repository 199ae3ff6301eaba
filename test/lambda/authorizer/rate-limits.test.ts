import { DynamoDbRateCounter, type RateCounter } from '../../../lambda/authorizer/rate-counter';
import { RateLimits, type RateLimitsProps } from '../../../lambda/authorizer/rate-limits';
import { NO_USAGE_IDENTIFIER, type RateLimitPolicy } from '../../../lib/contract/rate-limit';
import { AwsJsonClient } from '../../../runtime/aws-json-client';
import { DependencyFailure } from '../../../runtime/dependency-failure';
import { DYNAMODB } from '../../../runtime/dynamo-db';
import { DynamoDbServer, TABLE_ARN } from '../../fixtures/dynamo-db-server';
import { accessToken, claimsOf, CONFIGURATION, decide, NOW, TXN, type Outcome, type Scenario } from '../fixtures/authorizer';

const MINUTE: RateLimitPolicy = { requests: 3, windowSeconds: 60 };
const RESET = NOW + 60;
const tables = new DynamoDbServer();
let environment: Readonly<Record<string, string>>;
let now: number;
const clock = (): number => now * 1000;

beforeAll(async () => { environment = await tables.start(); });
afterAll(() => tables.stop());
beforeEach(() => {
  tables.empty();
  now = NOW;
});

function limits(policy: RateLimitPolicy = MINUTE, members: Partial<RateLimitsProps> = {}): RateLimits {
  return new RateLimits({ securityDomain: 'public', limits: { accounts: policy }, counter: new DynamoDbRateCounter(TABLE_ARN, environment, clock, 10_000), clock, onFailure: () => undefined, ...members });
}

const by = (counting: RateLimits, scenario: Scenario = {}): Promise<Outcome> => decide({ ...scenario, dependencies: { limits: counting, ...scenario.dependencies } });
const isAllowed = ({ result }: Outcome): boolean => result?.context?.trustToken !== undefined;
const positionOf = ({ result }: Outcome): unknown => (claimsOf(result?.context?.trustToken).tctx as { rate_limit?: object }).rate_limit;

test('lets exactly as many of 200 concurrent requests through as the limit says, for one write each', async () => {
  // Twenty instances with memories of their own, ten requests in each; all in one process here, which keeps each waiting.
  const instances = Array.from({ length: 20 }, () => limits({ requests: 50, windowSeconds: 60 }));
  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, index) => by(instances[index % 20]!)));
  const allowed = outcomes.filter(isAllowed);
  expect(allowed).toHaveLength(50);
  // Each was told a place of its own.
  expect(allowed.map((outcome) => (positionOf(outcome) as { remaining: number }).remaining).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(tables.requests).toBeLessThanOrEqual(200);
});

// What a counter that reads and then writes is worth: the reason for the update that does both at once.
class ReadThenWrite implements RateCounter {
  private readonly client = new AwsJsonClient({ service: DYNAMODB, arn: TABLE_ARN, dependency: 'rate table', environment, clock });

  async next(id: string): Promise<number> {
    const count = 1 + Number(tables.items.find((item) => item.id?.S === id)?.count?.N ?? 0);
    await this.client.call('PutItem', { TableName: 'Uses', Item: { id: { S: id }, count: { N: `${count}` } } });
    return count;
  }
}

test('would let many more through if it read the count before it wrote it', async () => {
  const instances = Array.from({ length: 20 }, () => limits({ requests: 50, windowSeconds: 60 }, { counter: new ReadThenWrite() }));
  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, index) => by(instances[index % 20]!)));
  expect(outcomes.filter(isAllowed).length).toBeGreaterThan(50);
});

test('tells the service where its consumer stands, until nothing is left', async () => {
  const counting = limits();
  const outcomes = [await by(counting), await by(counting), await by(counting)];
  expect(outcomes.map(positionOf)).toEqual([2, 1, 0].map((remaining) => ({ limit: 3, remaining, reset: RESET })));
});

test('has the gateway answer 429: without a trust token, as somebody of no usage plan, with where the consumer stands', async () => {
  now = NOW + 18;
  const counting = limits({ requests: 1, windowSeconds: 60 });
  await by(counting);
  const { result, records } = await by(counting);
  expect(result).toMatchObject({
    policyDocument: { Statement: [{ Effect: 'Allow' }] },
    context: { txn: TXN, consumer: 'Web', refusal: 'rate_limit_exceeded', limit: 1, remaining: 0, reset: RESET, retryAfter: 42 },
    usageIdentifierKey: NO_USAGE_IDENTIFIER,
  });
  expect(result?.context).not.toHaveProperty('trustToken');
  expect(records.at(-1)).toMatchObject({ outcome: 'refused', reason: 'rate_limit_exceeded', consumer: 'Web', Refusals: 1, Reason: 'rate_limit_exceeded' });
});

test('starts anew with the next window', async () => {
  const counting = limits({ requests: 1, windowSeconds: 60 });
  const allowed: boolean[] = [];
  for (const second of [NOW, NOW + 59, NOW + 60, NOW + 60]) {
    now = second;
    allowed.push(isAllowed(await by(counting)));
  }
  expect(allowed).toEqual([true, false, true, false]);
});

test('counts each consumer by itself, over its clients and operations, and nothing that is refused', async () => {
  const counting = limits({ requests: 1, windowSeconds: 60 });
  const clients = { ...CONFIGURATION.clients, 'web-app-2': { ...CONFIGURATION.clients['web-app']! }, 'rival-app': { consumer: 'Rival', type: 'browser', groups: ['accounts'] } };
  const as = (client: string, claims: object = {}): Promise<Outcome> => by(counting, { configuration: { clients }, token: accessToken({ client_id: client, ...claims }) });
  await as('web-app', { scope: 'profile' });
  await as('web-app', { exp: NOW - 1 });
  expect(tables.requests).toBe(0);
  expect([await as('web-app'), await as('web-app-2'), await as('rival-app')].map(isAllowed)).toEqual([true, false, true]);
});

test('writes once in an instance for a flood above the limit', async () => {
  const counting = limits({ requests: 1, windowSeconds: 60 });
  for (let request = 0; request < 50; request += 1) await by(counting);
  expect(tables.requests).toBe(2);
});

test('writes what is counted, how often, and when it may be forgotten', async () => {
  await by(limits());
  expect(tables.items).toEqual([{ id: { S: `usageIdentifierXpublicXWebXaccounts/${NOW}` }, count: { N: '1' }, expires: { N: `${RESET + 60}` } }]);
});

test('asks nothing for a service without a limit', async () => {
  const { result } = await by(limits(MINUTE, { limits: { payments: MINUTE } }));
  expect(result?.context?.trustToken).toBeDefined();
  expect(claimsOf(result?.context?.trustToken).tctx).not.toHaveProperty('rate_limit');
  expect(tables.requests).toBe(0);
});

describe('while the table is away', () => {
  const failures: string[] = [];
  const counting = (policy: RateLimitPolicy): RateLimits => limits(policy, { onFailure: ({ message }) => failures.push(message) });
  beforeEach(() => {
    failures.length = 0;
    tables.down = true;
  });

  test('refuses with 500, and tells', async () => {
    const { status, records } = await by(counting(MINUTE));
    expect([status, records.at(-1)?.reason]).toEqual([500, 'dependency_failed']);
    expect(failures).toEqual(['rate table: ECONNRESET']);
  });

  test('lets through without a place where that is declared, and tells', async () => {
    const outcome = await by(counting({ ...MINUTE, admitUncounted: true }));
    expect([outcome.status, positionOf(outcome)]).toEqual([200, undefined]);
    expect(failures).toEqual(['rate table: ECONNRESET']);
  });

  test.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])('lets nobody lift a limit by so many requests that the table answers %s', async (fault) => {
    const counter: RateCounter = { next: () => Promise.reject(new DependencyFailure('rate table', `status 400, ${fault}`)) };
    const flooded = limits({ ...MINUTE, admitUncounted: true }, { counter, onFailure: ({ message }) => failures.push(message) });
    expect((await by(flooded)).status).toBe(500);
    expect(failures).toHaveLength(1);
  });

  test('still refuses whom it knows to be above the limit', async () => {
    tables.down = false;
    const policy = { requests: 1, windowSeconds: 60, admitUncounted: true } as const;
    const own = counting(policy);
    await by(own);
    await by(own);
    tables.down = true;
    expect(isAllowed(await by(own))).toBe(false);
    expect(failures).toEqual([]);
  });

  test('waits one second and does not try again', async () => {
    tables.down = false;
    tables.silent = true;
    const started = Date.now();
    const hanging = limits(MINUTE, { counter: new DynamoDbRateCounter(TABLE_ARN, environment, clock), onFailure: ({ message }) => failures.push(message) });
    expect((await by(hanging)).status).toBe(500);
    expect(Date.now() - started).toBeGreaterThanOrEqual(990);
    expect(tables.requests).toBe(1);
    expect(failures).toEqual(['rate table: ABORT_ERR']);
  });
});

test('takes no answer that is none for a count', async () => {
  const answering = (status: number, body: object): RateCounter => Object.assign(new DynamoDbRateCounter(TABLE_ARN, environment, clock), { client: { call: async () => ({ status, body, ...(status !== 200 && { fault: 'ThrottlingException' }) }) } } as object);
  await expect(answering(400, {}).next('a', 1)).rejects.toThrow('rate table: status 400, ThrottlingException');
  for (const body of [{}, { Attributes: {} }, { Attributes: { count: { N: '0' } } }, { Attributes: { count: { N: 'x' } } }, { Attributes: { count: { N: '1.5' } } }]) {
    await expect(answering(200, body).next('a', 1)).rejects.toThrow(DependencyFailure);
  }
});

test('refuses a table that is named by anything but its ARN', () => {
  expect(() => new DynamoDbRateCounter('Uses', environment, clock)).toThrow('a rate table is named by its ARN');
});
