import { AccessPolicies, ApiGroup } from '../../lib';
import { apiService } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const RULE = 'CEDAR_ID: every access policy of an API service has an id of its own: a letter and at most 63 letters, digits, dots, underscores and hyphens';
const ADVICE = '@id("staff-read-accounts") in front of the policy';
const named = (id: string): AccessPolicies => AccessPolicies.fromText(`\n${id} permit(principal, action, resource);`);

test('refuses a policy that nobody could name in an audit', () => {
  expect(refusalOf(() => named(''))).toBe(`${RULE}, got none at text:2; write ${ADVICE}`);
});

test.each(['staff read', '1st', 'a'.repeat(65), 'é', 'a"'])('refuses the id %s', (id) => {
  expect(refusalOf(() => named(`@id(${JSON.stringify(id)})`))).toBe(`${RULE}, got '${id}' at text:2; write ${ADVICE}`);
});

test('refuses two policies of one id, in one text and between a group and its service', () => {
  expect(refusalOf(() => AccessPolicies.fromText('@id("read") permit(principal, action, resource);\n@id("read") forbid(principal, action, resource);'))).toBe(
    `${RULE}, got a second 'read' at text:2, after text:1; write ${ADVICE}`,
  );
  const services = [apiService({ accessPolicies: named('@id("read")') })];
  expect(refusalOf(() => new ApiGroup('accounts', { services, accessPolicies: named('@id("read")') }))).toContain("a second 'read'");
  expect(new ApiGroup('accounts', { services, accessPolicies: named('@id("all")') }).services).toBe(services);
});
