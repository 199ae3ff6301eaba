import { readFileSync } from 'fs';
import { join } from 'path';
import { AccessPolicies, ApiGroup, Scopes } from '../../../lib';
import { ENTITY } from '../../../lib/contract/access-policy';
import { cedarSchema } from '../../../lib/declaration/cedar/schema';
import { apiService, get } from '../../fixtures/declaration';
import { HttpMethod, Operation } from '../../../lib';

const GUIDE = readFileSync(join(__dirname, '../../../docs/guides/authorization-policies.md'), 'utf8');
const operations = [get('/accounts/{accountId}', { id: 'getAccount' }), new Operation({ method: HttpMethod.DELETE, path: '/accounts/{accountId}', id: 'closeAccount' })];
const service = apiService({ operations, scopes: Scopes.allOf('accounts') });

test('shows policies that hold against such an API', () => {
  const [, example = ''] = /```cedar\n([\s\S]*?)```/.exec(GUIDE) ?? [];
  const group = new ApiGroup('accounts', { services: [service], accessPolicies: AccessPolicies.fromText(example) });
  expect(group.accessPolicies?.policies.map(({ id }) => id)).toEqual(['customer-applications', 'tellers-look', 'recent-login-to-close', 'suspense-accounts']);
});

test('lists everything that a policy can ask', () => {
  const { context } = (cedarSchema(service)['']!.actions.getAccount as { appliesTo: { context: { attributes: object } } }).appliesTo;
  for (const attribute of Object.keys((context as { attributes: object }).attributes)) expect(GUIDE).toContain(`\`context.${attribute}`);
  for (const type of Object.values(ENTITY)) expect(GUIDE).toContain(`\`${type}::`);
});
