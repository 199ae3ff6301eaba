import { CustomWebAclRule, RequestComponent, WebAclPolicy } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const statement = RequestComponent.header('x').isPresent();

test.each(['', '1st', 'a rule', 'x'.repeat(65)])("refuses a rule named '%s'", (name) => {
  expect(refusalOf(() => CustomWebAclRule.block(name, statement))).toBe(`WEB_ACL_RULE: a rule of a web ACL is named by a letter and at most 63 letters, digits and hyphens, got '${name}'; write CustomWebAclRule.block('LegacyClients', statement)`);
});

test('refuses two rules of one name', () => {
  expect(refusalOf(() => WebAclPolicy.of({ customRules: [CustomWebAclRule.block('A', statement), CustomWebAclRule.count('A', statement)] }))).toMatch(/^DUPLICATE_NAME: .*two web ACL rules named 'A'/);
});
