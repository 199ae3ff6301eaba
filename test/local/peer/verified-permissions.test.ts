import { PolicyStore } from '../../../local/peer/policy-store';
import { AwsJsonClient } from '../../../runtime/aws-json-client';
import { VerifiedPermissionsServer } from '../../fixtures/verified-permissions-server';

const SCHEMA = {
  Bank: {
    entityTypes: { Client: { memberOfTypes: ['Team'] }, Team: {}, Api: {} },
    actions: { read: {}, getAccount: { memberOf: [{ id: 'read' }], appliesTo: { principalTypes: ['Client'], resourceTypes: ['Api'], context: { type: 'Record', attributes: { ip: { type: 'Extension', name: 'ipaddr' }, age: { type: 'Long' } } } } } },
  },
};
const READ = { id: 'P1', description: 'read', statement: 'permit(principal in Bank::Team::"a", action in Bank::Action::"read", resource) when { context.ip.isInRange(ip("10.0.0.0/8")) };' };
const server = new VerifiedPermissionsServer();
let client: AwsJsonClient;

beforeAll(async () => {
  const store = new PolicyStore(SCHEMA);
  store.add(READ);
  store.add({ id: 'P2', statement: 'forbid(principal, action, resource) when { context.age + 9223372036854775807 > 0 };' });
  const environment = await server.start({ PS1: store });
  client = new AwsJsonClient({ service: { name: 'verifiedpermissions', target: 'VerifiedPermissions', protocol: '1.0', endpointVariable: 'AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS' }, arn: 'arn:aws:x:ap-southeast-2:111111111111:y', dependency: 'store', environment, clock: Date.now });
});
afterAll(() => server.stop());

const entity = (entityType: string, entityId: string) => ({ entityType: `Bank::${entityType}`, entityId });
const request = (changes: object = {}) => ({
  policyStoreId: 'PS1', principal: entity('Client', 'c'), action: { actionType: 'Bank::Action', actionId: 'getAccount' }, resource: entity('Api', 'a'),
  context: { contextMap: { ip: { ipaddr: '10.1.2.3' }, age: { long: -1 } } },
  entities: { entityList: [{ identifier: entity('Client', 'c'), parents: [entity('Team', 'a')] }] }, ...changes,
});

test('decides by policies, with action groups from the schema', async () => {
  expect((await client.call('IsAuthorized', request())).body).toEqual({ decision: 'DENY', determiningPolicies: [{ policyId: 'P2' }], errors: [] });
  const older = await client.call('IsAuthorized', request({ context: { contextMap: { ip: { ipaddr: '10.1.2.3' }, age: { long: 1 } } } }));
  expect(older.body).toMatchObject({ decision: 'ALLOW', determiningPolicies: [{ policyId: 'P1' }], errors: [{ errorDescription: expect.stringContaining('P2') }] });
});

test('lists policies page by page, without their statements', async () => {
  const first = await client.call('ListPolicies', { policyStoreId: 'PS1', maxResults: 1 });
  expect(first.body).toEqual({ policies: [expect.objectContaining({ policyId: 'P1', definition: { static: { description: 'read' } } })], nextToken: '1' });
  const last = await client.call('ListPolicies', { policyStoreId: 'PS1', maxResults: 1, nextToken: '1' });
  expect(last.body).toEqual({ policies: [expect.objectContaining({ policyId: 'P2', definition: { static: {} } })] });
});

test.each<[string, object]>([
  ['an action among the entities', { entities: { entityList: [{ identifier: entity('Action', 'getAccount'), parents: [] }] } }],
  ['an address that is none', { context: { contextMap: { ip: { ipaddr: 'localhost' } } } }],
  ['a number with a fraction', { context: { contextMap: { age: { long: 1.5 } } } }],
  ['a value of two types', { context: { contextMap: { age: { long: 1, string: '1' } } } }],
  ['a value of no type', { context: { contextMap: { age: {} } } }],
  ['an entity without an id', { principal: entity('Client', '') }],
])('refuses %s', async (_title, changes) => {
  expect(await client.call('IsAuthorized', request(changes))).toMatchObject({ status: 400, fault: 'ValidationException' });
});

test('knows no other store and no other operation', async () => {
  expect(await client.call('IsAuthorized', request({ policyStoreId: 'PS2' }))).toMatchObject({ status: 400, fault: 'ResourceNotFoundException' });
  expect(await client.call('DeletePolicy', {})).toMatchObject({ status: 400, fault: 'UnknownOperationException' });
});

test('takes only what strict validation allows, under one namespace', () => {
  const store = new PolicyStore(SCHEMA);
  expect(() => store.add({ ...READ, statement: 'permit(principal == Client::"c", action, resource);' })).toThrow();
  expect(() => store.add({ ...READ, statement: 'permit(principal, action, resource) when { false };' })).toThrow();
  expect(() => new PolicyStore({ '': SCHEMA.Bank })).toThrow('a schema has one namespace that is not empty');
  expect(() => new PolicyStore({ ...SCHEMA, Other: SCHEMA.Bank })).toThrow('a schema has one namespace');
});
