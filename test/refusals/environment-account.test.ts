import { testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test.each(['22222222222', 'my-account', ''])("refuses the account '%s'", (account) => {
  expect(refusalOf(() => testEnvironment({ account }))).toBe(`ENVIRONMENT_ACCOUNT: an environment has its own AWS account, 12 digits, got '${account}' for Test; write account: '111111111111'`);
});

test('accepts 12 digits', () => {
  expect(testEnvironment({ account: '012345678901' }).account).toBe('012345678901');
});
