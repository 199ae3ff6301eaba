import { AccessPolicies } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const READ = '@id("read")\npermit(principal, action, resource)';

test('refuses a policy that does not parse, with its place in characters', () => {
  expect(refusalOf(() => AccessPolicies.fromText(`${READ};\n// é, two bytes\n@id("é") permit(principal when);`))).toMatch(
    /^CEDAR_SYNTAX: access policies are written in Cedar, got text:4:27: .*unexpected token 'when' \(expected .*\); write policies that parse from there on$/,
  );
});

test('refuses a file without a policy', () => {
  expect(refusalOf(() => AccessPolicies.fromText('// to be written'))).toBe('CEDAR_SYNTAX: access policies are written in Cedar, got no policy in text; write a policy, or no accessPolicies');
});

test('refuses a template', () => {
  expect(refusalOf(() => AccessPolicies.fromText('@id("t") permit(principal == ?principal, action, resource);'))).toContain('got a template in text');
});

test('accepts what parses', () => {
  expect(AccessPolicies.fromText(`${READ};`).policies).toEqual([{ id: 'read', text: `${READ};`, obligations: [], source: 'text', line: 1 }]);
});
