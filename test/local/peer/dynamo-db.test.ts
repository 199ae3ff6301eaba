import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDb } from '../../../local/peer/dynamo-db';

let database: DynamoDb;
let server: Server;
const PAST = '1000';
const FUTURE = '9999999999';

beforeAll(async () => {
  server = createServer((request, response) => void database.handle(request, response));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
});
afterAll(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));
beforeEach(() => {
  database = new DynamoDb();
  database.add('Uses', { partitionKey: 'id', timeToLive: 'until' });
});

/** Name of the fault, or `ok`. */
async function call(input: object, operation = 'PutItem'): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` }, body: JSON.stringify(input) });
  const { __type } = await response.json() as { __type?: string };
  return response.status === 200 ? 'ok' : __type!.split('#')[1]!;
}
const put = (condition?: string, item: object = {}, values?: object): Promise<string> =>
  call({ TableName: 'Uses', Item: { id: { S: 'a' }, until: { N: FUTURE }, user: { S: 'me' }, ...item }, ConditionExpression: condition, ExpressionAttributeNames: { '#u': 'user' }, ExpressionAttributeValues: values });

test('writes without a condition, and once under one', async () => {
  expect(await put()).toBe('ok');
  expect(await put('attribute_not_exists(id)')).toBe('ConditionalCheckFailedException');
  expect(await put('attribute_exists(id)')).toBe('ok');
  expect(await put('attribute_not_exists(id)', { id: { S: 'b' } })).toBe('ok');
});

test('takes any alternative of a condition', async () => {
  await put();
  expect(await put('attribute_not_exists(id) OR #u = :u', {}, { ':u': { S: 'me' } })).toBe('ok');
  expect(await put('attribute_not_exists(id) OR #u = :u', {}, { ':u': { S: 'you' } })).toBe('ConditionalCheckFailedException');
  expect(await put('#u = :u', { id: { S: 'b' } }, { ':u': { S: 'me' } })).toBe('ConditionalCheckFailedException');
});

test('forgets what has expired', async () => {
  await put(undefined, { until: { N: PAST } });
  expect(await put('attribute_not_exists(id)')).toBe('ok');
});

test.each(['size(id) > :u', '#x = :u', '#u = :x', 'attribute_not_exists(#x)', 'NOT attribute_exists(id)', 'a = b'])('understands no condition such as %s', async (condition) => {
  expect(await put(condition, {}, { ':u': { S: 'me' } })).toBe('ValidationException');
});

test('refuses what the service refuses', async () => {
  expect(await call({ TableName: 'Other', Item: { id: { S: 'a' } } })).toBe('ResourceNotFoundException');
  expect(await put(undefined, { id: { S: '' } })).toBe('ValidationException');
  expect(await put(undefined, { id: { N: '1' } })).toBe('ValidationException');
  expect(await call({ TableName: 'Uses' }, 'DeleteItem')).toBe('UnknownOperationException');
});
