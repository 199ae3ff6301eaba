import { testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test.each([['22222222222', 'ap-southeast-2'], ['my-account', 'ap-southeast-2'], ['222222222222', 'sydney'], ['222222222222', '']])('refuses account %s in Region %s', (account, region) => {
  expect(refusalOf(() => testEnvironment({ account, region }))).toBe(
    `ENVIRONMENT_ACCOUNT: an environment has its own AWS account (12 digits) and Region, got account '${account}' in '${region}' for Test; write account: '111111111111'`,
  );
});

test.each(['ap-southeast-2', 'us-gov-west-1', 'cn-north-1', 'eu-isoe-west-1'])('accepts Region %s', (region) => {
  expect(testEnvironment({ region }).region).toBe(region);
});
