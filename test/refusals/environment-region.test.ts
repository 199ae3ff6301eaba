import { testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

test.each(['sydney', '', 'ap-southeast', 'AP-SOUTHEAST-2', 'ap-southeast-2a'])("refuses the Region '%s'", (region) => {
  expect(refusalOf(() => testEnvironment({ region }))).toBe(`ENVIRONMENT_REGION: an environment lies in one AWS Region, got '${region}' for Test; write region: 'ap-southeast-2'`);
});

test.each(['ap-southeast-2', 'us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'eu-isoe-west-1', 'eusc-de-east-1'])('accepts Region %s', (region) => {
  expect(testEnvironment({ region }).region).toBe(region);
});
