import { RequestComponent, WebAclPolicy, WebAclStatement } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

const RULE = 'WEB_ACL_STATEMENT: a statement of a web ACL compares a part of the request with something that the platform takes';
const path = RequestComponent.path();

test.each(['(', '(a)\\1', '(?=a)', '(?<!a)b', '', 'x'.repeat(513)])("refuses the expression '%s'", (expression) => {
  expect(refusalOf(() => path.matches(expression))).toBe(`${RULE}, got the expression '${expression}'; write a regular expression of at most 512 characters, such as '^/admin(/|$)'`);
});

test('refuses a text that is empty or too long, a name that is none, nothing to combine and a label that is none', () => {
  expect(refusalOf(() => path.contains(''))).toBe(`${RULE}, got the text ''; write a text of 1 to 200 bytes`);
  expect(refusalOf(() => path.exactly('é'.repeat(101)))).toMatch(/a text of 1 to 200 bytes$/);
  expect(refusalOf(() => RequestComponent.header('x y'))).toBe(`${RULE}, got the name 'x y'; write the name of a header, cookie or query argument, such as 'x-client'`);
  expect(refusalOf(() => WebAclStatement.allOf())).toBe(`${RULE}, got no statement to combine; write at least one statement`);
  expect(refusalOf(() => WebAclStatement.labelled('a label'))).toMatch(/got the label 'a label';/);
  expect(refusalOf(() => WebAclPolicy.of({ redactedHeaders: ['x account'] }))).toMatch(/got the header 'x account';/);
});

test.each(['^/v[0-9]+/', '(?i)\\.php$', 'a{2,3}|[^b]\\d'])("accepts the expression '%s'", (expression) => {
  expect(path.matches(expression)).toBeInstanceOf(WebAclStatement);
});
