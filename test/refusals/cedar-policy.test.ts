import { AccessPolicies, ApiGroup } from '../../lib';
import { apiService, get } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const RULE = 'CEDAR_POLICY: an access policy can be evaluated for some request, and speaks of operations and attributes that its API has';
const declare = (policy: string) => () => apiService({ accessPolicies: AccessPolicies.fromText(`@id("first") permit(principal, action, resource);\n@id("p")\n${policy}`), operations: [get('/accounts/{id}', { id: 'getAccount' }), get('/accounts', { id: 'listAccounts' })] });

test.each<[thing: string, policy: string, got: string, write: string]>([
  ['an operation that is not there', 'forbid(principal, action == Action::"getAcount", resource);', "text:3:29: unrecognized action 'Action::\"getAcount\"' in 'p'", 'Action::"getAccount"'],
  ['an entity type that is not there', 'permit(principal == Clint::"web-bank", action, resource);', "text:3:21: unrecognized entity type 'Clint' in 'p'", 'Client'],
  ['an attribute that is not there', 'permit(principal, action, resource) when { context.sbject == "x" };', "text:3:44: attribute 'sbject' in context for Action::\"getAccount\" not found in 'p'", 'subject'],
  ['a parameter of another operation', 'permit(principal, action == Action::"listAccounts", resource) when { context.path.id == "1" };', "text:3:70: attribute 'path.id' in context for Action::\"listAccounts\" not found in 'p'", 'what docs/guides/authorization-policies.md lists'],
  ['what a request may lack', 'forbid(principal, action, resource) when { context.acr == "low" };', "text:3:44: unable to guarantee safety of access to optional attribute 'acr' in context for Action::\"getAccount\" in 'p'", "a test for the attribute's presence with 'context has acr && ..'"],
  ['a text where an address is needed', 'permit(principal, action, resource) when { context.ip == "10.0.0.1" };', "text:3:44: the types String and ipaddr are not compatible in 'p'", "both operands to a '==' expression must have compatible types"],
  ['what never holds', 'forbid(principal, action, resource) when { principal in ApiGroup::"accounts" };', "text:2:1: policy is impossible: the policy expression evaluates to false for all valid requests in 'p'", 'what docs/guides/authorization-policies.md lists'],
])('refuses a policy that names %s', (_thing, policy, got, write) => {
  const message = refusalOf(declare(policy));
  expect(message.startsWith(`${RULE}, got `)).toBe(true);
  expect(message).toContain(got);
  expect(message.split('; write ')[1]).toContain(write);
});

test('accepts the same policies written right', () => {
  for (const policy of ['forbid(principal, action == Action::"getAccount", resource);', 'permit(principal == Client::"web-bank", action, resource) when { context.subject == "x" };', 'forbid(principal, action, resource) when { context has acr && context.acr == "low" };']) {
    expect(declare(policy)).not.toThrow();
  }
});

test('knows operations of siblings in policies of a group, and only there', () => {
  const transfer = '@id("p") forbid(principal, action == Action::"transfer", resource);';
  const payments = apiService({ operations: [get('/transfers/{id}', { id: 'transfer' })] }, 'payments');
  expect(() => new ApiGroup('accounts', { services: [apiService(), payments], accessPolicies: AccessPolicies.fromText(transfer) })).not.toThrow();
  expect(refusalOf(() => apiService({ accessPolicies: AccessPolicies.fromText(transfer) }))).toContain('unrecognized action');
});
