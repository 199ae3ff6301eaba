import { ApiGroup, PolicyDecisionPoint } from '../../lib';
import { DOMAIN, group } from '../lambda/fixtures/access-policies';
import { authorizer } from '../fixtures/authorizer';
import { testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const RULE = 'POLICY_STORE: access policies in Amazon Verified Permissions fit what it and the authorizer hold: 10,000 bytes a policy, 200,000 bytes of policies and 100,000 bytes of schema an API service, 40 such services a security domain';
const permit = (id: string, text: string) => `@id("${id}") permit(principal, action, resource) when { context.subject == "${text}" };`;
const deploy = (groups: ApiGroup[], policyDecisionPoint = PolicyDecisionPoint.VERIFIED_PERMISSIONS) => () => authorizer({ environment: testEnvironment({ policyDecisionPoint }), domain: DOMAIN, groups });

test('refuses a policy that the service does not take', () => {
  const groups = [group(permit('long', 'x'.repeat(10_000)))];
  expect(refusalOf(deploy(groups))).toBe(`${RULE}, got policy 'long' of 'accounts', 10079 bytes; write at most 10000 bytes, or PolicyDecisionPoint.IN_AUTHORIZER`);
  expect(deploy(groups, PolicyDecisionPoint.IN_AUTHORIZER)).not.toThrow();
});

test('refuses more policies than the service takes for a resource', () => {
  const policies = (count: number) => Array.from({ length: count }, (_, index) => permit(`p${index}`, 'x'.repeat(9900))).join('\n');
  expect(refusalOf(deploy([group(policies(21))]))).toMatch(/got policies of 'accounts' together, 2\d{5} bytes; write at most 200000 bytes/);
  expect(deploy([group(policies(19))])).not.toThrow();
});

test('refuses more policy stores than an authorizer can be told of', () => {
  const groups = Array.from({ length: 41 }, (_, index) => group(permit('read', 'x'), `accounts-${String.fromCharCode(97 + index % 26)}${index}`));
  expect(refusalOf(deploy(groups))).toBe(`${RULE}, got 41 API services with access policies in the public domain; write at most 40, or PolicyDecisionPoint.IN_AUTHORIZER`);
});
