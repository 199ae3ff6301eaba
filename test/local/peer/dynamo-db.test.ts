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

/** What an update tells. */
async function update(id: string, members: object = {}): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  const input = {
    TableName: 'Uses', Key: { id: { S: id } }, UpdateExpression: 'SET #until = :until ADD #count :one', ExpressionAttributeNames: { '#until': 'until', '#count': 'count' },
    ExpressionAttributeValues: { ':until': { N: FUTURE }, ':one': { N: '1' } }, ReturnValues: 'UPDATED_NEW', ...members,
  };
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.UpdateItem' }, body: JSON.stringify(input) });
  return response.json();
}

test('adds to what is there, from nothing on, and tells what it has become', async () => {
  expect(await update('a')).toEqual({ Attributes: { until: { N: FUTURE }, count: { N: '1' } } });
  expect(await update('a', { ExpressionAttributeValues: { ':until': { N: FUTURE }, ':one': { N: '5' } } })).toMatchObject({ Attributes: { count: { N: '6' } } });
  expect(await update('b', { UpdateExpression: 'ADD #count :one', ReturnValues: undefined })).toEqual({});
  expect(database.items('Uses')).toEqual([{ id: { S: 'a' }, until: { N: FUTURE }, count: { N: '6' } }, { id: { S: 'b' }, count: { N: '1' } }]);
});

test.each<[string, object]>([
  ['another clause', { UpdateExpression: 'REMOVE #count' }],
  ['a name that is reserved', { UpdateExpression: 'ADD count :one' }],
  ['a value that is not given', { UpdateExpression: 'ADD #count :two' }],
  ['an attribute that is no number', { UpdateExpression: 'ADD #until :one', ExpressionAttributeNames: { '#until': 'id' } }],
  ['a value that is no number', { ExpressionAttributeValues: { ':until': { N: FUTURE }, ':one': { S: '1' } } }],
  ['a key that is another', { Key: { name: { S: 'a' } } }],
  ['something to tell that is not emulated', { ReturnValues: 'ALL_OLD' }],
])('refuses an update with %s', async (_, members) => {
  await put();
  expect(await update('a', members)).toMatchObject({ __type: 'com.amazonaws.dynamodb.v20120810#ValidationException' });
});

test('refuses what the service refuses', async () => {
  expect(await call({ TableName: 'Other', Item: { id: { S: 'a' } } })).toBe('ResourceNotFoundException');
  expect(await put(undefined, { id: { S: '' } })).toBe('ValidationException');
  expect(await put(undefined, { id: { N: '1' } })).toBe('ValidationException');
  expect(await call({ TableName: 'Uses' }, 'DeleteItem')).toBe('UnknownOperationException');
});
