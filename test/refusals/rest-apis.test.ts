import { ApiGroup, ApiServiceProps, Backend, Exposure } from '../../lib';
import { apiService, get } from '../fixtures/declaration';
import { StampedEnvironment } from '../fixtures/environment-stage';
import { refusalOf } from '../fixtures/refusal';

const stamp = (count: number, props: Partial<ApiServiceProps> = {}): StampedEnvironment => new StampedEnvironment({
  groups: [new ApiGroup('accounts', { services: Array.from({ length: count }, (_, index) => apiService({ exposure: [Exposure.PUBLIC], operations: [get('/accounts')], ...props }, `service-${index}`)) })],
});

const RULE = 'REST_APIS: a function serves at most 40 REST APIs, the authorizer those of its security domain, since the permissions to invoke it end at 20 KB';

test('refuses more REST APIs in a domain than its authorizer can be permitted to serve', () => {
  expect(refusalOf(() => stamp(41))).toBe(
    `${RULE}, got 41 in the public domain; write fewer and larger API services, or another exposure for some of them`,
  );
});

test('refuses more REST APIs than one function can be permitted to serve as their backend', () => {
  const everywhere = { exposure: [Exposure.PUBLIC, Exposure.PARTNER, Exposure.INTERNAL], backend: Backend.lambda('bank') };
  expect(refusalOf(() => stamp(14, everywhere))).toBe(`${RULE}, got 42 with the backend 'bank', in all domains; write fewer and larger API services, or another exposure for some of them`);
});

// The platform shortens no ARN, ends statement ids at 100 characters and names of functions at 64.
test('accepts 40, whose permissions fit', () => {
  const environment = stamp(40);
  const permissions = Array.from({ length: 40 }, (_, index) => environment.resources(`PublicService${index}`, 'AWS::Lambda::Permission')[0]!);
  const functionArn = `arn:aws-us-gov:lambda:ap-southeast-2:222222222222:function:${'f'.repeat(64)}`;
  const statements = permissions.map(({ Action, Principal }) => ({
    Sid: 's'.repeat(100), Effect: 'Allow', Principal: { Service: Principal }, Action, Resource: functionArn,
    Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws-us-gov:execute-api:ap-southeast-2:222222222222:abcdefghij/authorizers/*' } },
  }));
  const size = JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }).length;
  expect(size).toBeLessThan(20_480);
  expect(size * 45 / 40).toBeGreaterThan(20_480);
});
