import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDb } from '../../local/peer/dynamo-db';
import { DynamoDbReplayStore, RememberedUses, type ReplayStore, type Use } from '../../runtime/replay-store';

const ARN = 'arn:aws:dynamodb:ap-southeast-2:111111111111:table/Uses';
const clock = (): number => Date.now();
const until = Math.floor(Date.now() / 1000) + 60;
const use = (members: Partial<Use> = {}): Use => ({ id: 'one', user: 'me', until, ...members });

let table: DynamoDb;
let server: Server;
let requests = 0;
/** What happens to answers before they are sent. */
let fault: ((response: ServerResponse) => void) | undefined;
const store = (): DynamoDbReplayStore => new DynamoDbReplayStore(ARN, {
  AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
}, clock);

beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    const broken = fault;
    fault = undefined;
    if (broken === undefined) {
      void table.handle(request, response);
      return;
    }
    // The write happens; only what the caller hears of it is lost.
    const lost = { writeHead: () => lost, end: () => { broken(response); return lost; } } as unknown as ServerResponse;
    void table.handle(request, lost);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});
afterAll(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));
beforeEach(() => {
  table = new DynamoDb();
  table.add('Uses', { partitionKey: 'id', timeToLive: 'until' });
  requests = 0;
  fault = undefined;
});

test('admits a first use, and no second one by anybody else', async () => {
  expect(await store().isFirst(use())).toBe(true);
  expect(await store().isFirst(use({ user: 'thief' }))).toBe(false);
  expect(await store().isFirst(use({ id: 'two', user: 'thief' }))).toBe(true);
});

test('writes what identifies the use, who used it, and when it may be forgotten', async () => {
  await store().isFirst(use());
  expect(table.items('Uses')).toEqual([{ id: { S: 'one' }, user: { S: 'me' }, until: { N: `${until + 60}` } }]);
});

test('lets exactly one of many concurrent users win', async () => {
  const stores = Array.from({ length: 20 }, store);
  const verdicts = await Promise.all(Array.from({ length: 200 }, (_, index) => stores[index % 20]!.isFirst(use({ user: `user-${index}` }))));
  expect(verdicts.filter(Boolean)).toHaveLength(1);
  expect(requests).toBe(200);
});

test('knows its own write after a lost reply', async () => {
  fault = (response) => { response.destroy(); };
  expect(await store().isFirst(use())).toBe(true);
  expect(requests).toBe(2);
});

test('does not admit a second user whose first reply was lost', async () => {
  await store().isFirst(use());
  fault = (response) => { response.destroy(); };
  expect(await store().isFirst(use({ user: 'thief' }))).toBe(false);
});

test('asks a second time after a fault of the service, and fails after the second one', async () => {
  const throttle = (response: ServerResponse): void => { response.writeHead(400).end('{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException"}'); };
  fault = throttle;
  expect(await store().isFirst(use())).toBe(true);
  fault = (response) => { throttle(response); fault = throttle; };
  await expect(store().isFirst(use())).rejects.toThrow('replay table: status 400, ThrottlingException');
});

test('fails where there is no table, and where nobody answers', async () => {
  table = new DynamoDb();
  await expect(store().isFirst(use())).rejects.toThrow('replay table: status 400, ResourceNotFoundException');
  const unreachable = new DynamoDbReplayStore(ARN, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:1' }, clock);
  await expect(unreachable.isFirst(use())).rejects.toThrow('replay table: ECONNREFUSED');
});

test.each(['Uses', 'arn:aws:dynamodb:ap-southeast-2:111111111111:table/Uses/index/one', 'arn:aws:s3:::uses', ''])('refuses the table name %j', (arn) => {
  expect(() => new DynamoDbReplayStore(arn, {}, clock)).toThrow('a replay table is named by its ARN');
});

describe('remembered uses', () => {
  const shared = (verdict = true): ReplayStore & { asked: number } => ({ asked: 0, async isFirst() { this.asked += 1; return verdict; } });

  test('refuse a repeated use without asking the shared store', async () => {
    const store = shared();
    const uses = new RememberedUses(store, clock);
    expect([await uses.isFirst(use()), await uses.isFirst(use({ user: 'thief' }))]).toEqual([true, false]);
    expect(store.asked).toBe(1);
  });

  test('refuse the second of two concurrent uses', async () => {
    const uses = new RememberedUses(shared(), clock);
    expect(await Promise.all([uses.isFirst(use()), uses.isFirst(use())])).toEqual([true, false]);
  });

  test('leave the decision to the shared store', async () => {
    expect(await new RememberedUses(shared(false), clock).isFirst(use())).toBe(false);
  });

  test('ask again once a use would have ended, and hold no more than ten thousand', async () => {
    let now = 0;
    const store = shared();
    const uses = new RememberedUses(store, () => now * 1000);
    await uses.isFirst(use({ until: 10 }));
    now = 10;
    await uses.isFirst(use({ until: 20 }));
    expect(store.asked).toBe(2);
    for (let id = 0; id < 12_000; id += 1) await uses.isFirst(use({ id: `${id}`, until: 100 }));
    expect((uses as unknown as { seen: Map<string, number> }).seen.size).toBe(10_000);
  });

  test('tell of a failure of the shared store, and pass it on', async () => {
    table = new DynamoDb();
    const failures: string[] = [];
    await expect(new RememberedUses(store(), clock, ({ message }) => failures.push(message)).isFirst(use())).rejects.toThrow('ResourceNotFoundException');
    expect(failures).toEqual(['replay table: status 400, ResourceNotFoundException']);
  });
});
