import { AccessPolicies } from '../../lib';
import { refusalOf } from '../fixtures/refusal';

test('refuses a policy file that is not there', () => {
  expect(refusalOf(() => AccessPolicies.fromFile('policies/nowhere.cedar'))).toBe(
    "CEDAR_FILE: access policies are a readable UTF-8 file, got 'policies/nowhere.cedar': no such file, relative to the working directory; write the path of an existing file, such as AccessPolicies.fromFile('policies/accounts.cedar')",
  );
});
