import { get } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test.each(['', 'accounts', '/accounts/', '/accounts//x', '/{id', '/accounts/{a}{b}', '/a b', '/accounts?x=1', '/~me', '/a;b', '/{proxy+}'])("refuses the path '%s'", (path) => {
  expect(refusalOf(() => get(path))).toBe(`OPERATION_PATH: an operation's path is a sequence of '/' and a {parameter} or a literal of letters, digits, dots, underscores, colons and hyphens, got '${path}'; write a path such as '/accounts/{id}'`);
});

test.each(['/', '/accounts', '/accounts/{account-id}/cards', '/accounts:search', '/v1.0/_me'])("accepts the path '%s'", (path) => {
  expect(get(path).path).toBe(path);
});
