import { writeFileSync, mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { AccessPolicies, ApiGroup } from '../../../lib';
import { accessPoliciesOf } from '../../../lib/declaration/cedar/check';
import { operationAccess } from '../../../lib/declaration/cedar/operation-access';
import { cedarSchema } from '../../../lib/declaration/cedar/schema';
import { operationPolicies } from '../../../lib/declaration/operation-policies';
import { partitions } from '../../../lib/declaration/partition';
import { apiService, get, post, publicDomain } from '../../fixtures/declaration';

const READ = '@id("read") permit(principal, action in Action::"GET", resource);';
const named = (...ids: string[]): AccessPolicies => AccessPolicies.fromText(ids.map((id) => `@id("${id}") permit(principal, action, resource);`).join('\n'));

test('reads policies in the order they are written, also more than ten', () => {
  const ids = Array.from({ length: 12 }, (_, index) => `p${index}`);
  expect(named(...ids).policies.map(({ id, line }) => [id, line])).toEqual(ids.map((id, index) => [id, index + 1]));
});

test('reads policies of a file, and says where each stands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policies-'));
  const file = join(folder, 'accounts.cedar');
  writeFileSync(file, `// Who may read.\n${READ}\n\n@id("write")\n@obligation("notify-owner")\npermit(principal, action, resource);\n`);
  expect(AccessPolicies.fromFile(file).policies.map(({ id, obligations, source, line }) => ({ id, obligations, source, line }))).toEqual([
    { id: 'read', obligations: [], source: file, line: 2 }, { id: 'write', obligations: ['notify-owner'], source: file, line: 4 },
  ]);
  rmSync(folder, { recursive: true });
});

test('makes an action of every operation, in the group of its method, with its path parameters', () => {
  const service = apiService({ operations: [get('/accounts/{id}', { id: 'getAccount' }), post('/accounts/{id}/notes/{note-id}', { id: 'annotate' })] });
  const { actions, entityTypes } = cedarSchema(service)['']!;
  expect(Object.keys(entityTypes)).toEqual(['Client', 'Consumer', 'ClientType', 'SecurityDomain', 'ApiService', 'ApiGroup']);
  expect(Object.keys(actions)).toEqual(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'getAccount', 'annotate']);
  const text = { type: 'String' };
  expect(actions.annotate).toEqual({
    memberOf: [{ id: 'POST' }],
    appliesTo: {
      principalTypes: ['Client'], resourceTypes: ['ApiService'],
      context: {
        type: 'Record',
        attributes: {
          environment: text, ip: { type: 'Extension', name: 'ipaddr' }, subject: text, scopes: { type: 'Set', element: text }, amr: { type: 'Set', element: text },
          acr: { ...text, required: false }, authAge: { type: 'Long', required: false }, certificate: { ...text, required: false },
          path: { type: 'Record', attributes: { 'id': text, 'note-id': text } },
        },
      },
    },
  });
});

test('makes a parameter optional that not every operation of one name has, except for the service itself', () => {
  const accounts = apiService({ operations: [get('/accounts/{id}', { id: 'get' })] });
  const [payments, loans] = [apiService({ operations: [get('/payments', { id: 'get' })] }, 'payments'), apiService({ operations: [get('/loans/{id}', { id: 'get' })] }, 'loans')];
  const siblings = [accounts, payments, loans];
  const path = (schema: ReturnType<typeof cedarSchema>): unknown => (schema['']!.actions.get as { appliesTo: { context: { attributes: { path: { attributes: unknown } } } } }).appliesTo.context.attributes.path.attributes;
  expect(path(cedarSchema(accounts, siblings))).toEqual({ id: { type: 'String' } });
  expect(path(cedarSchema(apiService({ operations: [get('/x', { id: 'x' })] }, 'other'), siblings))).toEqual({ id: { type: 'String', required: false } });
});

test('counts policies of a group and of a service as one set', () => {
  const own = apiService({ accessPolicies: named('own') });
  const group = new ApiGroup('accounts', { services: [own, apiService({}, 'payments')], accessPolicies: named('shared') });
  expect(group.services.map((service) => accessPoliciesOf(group, service).map(({ id }) => id))).toEqual([['shared', 'own'], ['shared']]);
});

test('asks of an operation only the policies whose scope covers it', () => {
  const operations = [get('/accounts/{id}', { id: 'getAccount' }), post('/accounts', { id: 'open' })];
  const accessPolicies = AccessPolicies.fromText(`${READ} @id("all") forbid(principal, action, resource) when { context.subject == "x" };
    @id("one") permit(principal, action == Action::"open", resource); @id("some") permit(principal, action in [Action::"open", Action::"GET"], resource);`);
  const service = apiService({ operations, accessPolicies });
  expect(partitions(service).flatMap(({ routes }) => routes.map((route) => operationAccess(service.accessPolicies!.policies, route)))).toEqual([
    { policies: ['read', 'all', 'some'], pathParameters: { id: 'id' } },
    { policies: ['all', 'one', 'some'], pathParameters: {} },
  ]);
});

test('knows a path parameter by its declared name where the gateway has another for it', () => {
  const operations = [get('/orders/{id}', { id: 'getOrder' }), get('/orders/{order}/items', { id: 'listItems' })];
  const groups = [new ApiGroup('orders', { services: [apiService({ operations, accessPolicies: AccessPolicies.fromText('@id("p") permit(principal, action == Action::"listItems", resource) when { context.path.order == "1" };') }, 'orders')] })];
  expect(operationPolicies(publicDomain(), groups)['orders GET /orders/{id}/items']?.access).toEqual({ policies: ['p'], pathParameters: { id: 'order' } });
});

test('says nothing of policies to operations without any', () => {
  expect(Object.values(operationPolicies(publicDomain(), [new ApiGroup('accounts', { services: [apiService()] })])).some((policy) => 'access' in policy)).toBe(false);
});
