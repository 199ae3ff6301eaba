import { json, LAMBDA, MOCK, authorized, operation, policy, restApiFixture, type RestApiFixture } from './rest-api-fixture';
import type { ApiDocument } from '../../../local/rest-api/api-document';
import type { InvocationOutcome } from '../../../local/rest-api/invocation';

type Json = { readonly [member: string]: unknown };
const open: ApiDocument = { paths: { '/a': { get: operation(MOCK) } } };
const guarded: ApiDocument = authorized({ paths: { '/a': { get: operation(LAMBDA, { security: [{ authorizer: [] }] }) } } });
const everyone = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
const statement = (Effect: string, more: Json = {}): Json => ({ ...everyone, Effect, ...more });
const stage = (document: ApiDocument, statements: readonly Json[], more: Json = {}): RestApiFixture => restApiFixture(document, { resourcePolicy: { Version: '2012-10-17', Statement: statements }, ...more });
const status = async (fixture: RestApiFixture, sourceIp = '192.0.2.7', headers: [string, string][] = []): Promise<number> => (await fixture.send({ path: '/a', sourceIp, headers })).status;

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html ("API Gateway resource policy only")
test.each<[string, readonly Json[], number]>([
  ['an allow', [statement('Allow')], 200],
  ['nothing that applies', [statement('Allow', { Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })], 403],
  ['an allow of the address', [statement('Allow', { Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '192.0.2.7'] } } })], 200],
  ['a deny beside an allow', [statement('Allow'), statement('Deny', { Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })], 403],
  ['an allow of another method', [statement('Allow', { Resource: 'execute-api:/live/POST/*' })], 403],
  ['an allow by the whole ARN', [statement('Allow', { Resource: 'arn:aws:execute-api:ap-southeast-2:111111111111:abcdefghij/live/GET/a' })], 200],
  ['an allow of somebody who signs', [statement('Allow', { Principal: { AWS: 'arn:aws:iam::111111111111:root' } })], 403],
  ['an allow of everybody in the long form', [statement('Allow', { Principal: { AWS: ['*'] } })], 200],
  ['a deny of plain HTTP, which nobody speaks', [statement('Allow'), statement('Deny', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })], 200],
  ['no statement', [], 403],
])('decides by the resource policy alone where nothing else does: %s', async (_, statements, expected) => {
  expect(await status(stage(open, statements))).toBe(expected);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html ("Allow private API traffic based on source VPC endpoint")
test('lets requests in through one VPC endpoint only', async () => {
  const statements = [statement('Allow'), statement('Deny', { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } })];
  expect(await status(stage(open, statements, { sourceVpce: 'vpce-1a2b3c4d' }))).toBe(200);
  expect(await status(stage(open, statements, { sourceVpce: 'vpce-other' }))).toBe(403);
  expect(await status(stage(open, statements))).toBe(403);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html ("Lambda authorizer and resource policy", table A)
describe('beside a Lambda authorizer', () => {
  const neither: InvocationOutcome = { value: { principalId: 'x', policyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: 'arn:aws:execute-api:*:*:other/*' } } } };
  const asked = (statements: readonly Json[], answer: InvocationOutcome): RestApiFixture => stage(guarded, statements, { invoke: ({ type }: Json) => type === 'REQUEST' ? answer : { value: { statusCode: 200 } } });

  test.each<[string, readonly Json[], InvocationOutcome, number]>([
    ['allow and allow', [statement('Allow')], policy('Allow'), 200],
    ['allow and neither', [statement('Allow')], neither, 200],
    ['allow and deny', [statement('Allow')], policy('Deny'), 403],
    ['neither and allow', [], policy('Allow'), 200],
    ['neither and neither', [], neither, 403],
    ['neither and deny', [], policy('Deny'), 403],
    ['deny and allow', [statement('Deny')], policy('Allow'), 403],
  ])('%s', async (_, statements, answer, expected) => {
    expect(await status(asked(statements, answer), undefined, [['Authorization', 'Bearer x']])).toBe(expected);
  });

  test('an explicit deny is final before the authorizer is called', async () => {
    const fixture = asked([statement('Deny')], policy('Allow'));
    const answer = await fixture.send({ path: '/a', headers: [['Authorization', 'Bearer x']] });
    expect(fixture.events).toEqual([]);
    expect(json(answer)).toEqual({ message: 'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:ap-southeast-2:111111111111:abcdefghij/live/GET/a with an explicit deny' });
  });
});

test.each<[string, Json, string]>([
  ['a member', { NotResource: 'x' }, 'LOCAL_RESOURCE_POLICY: a member of its statements of a resource policy is emulated, got NotResource; write one of Sid, Effect, '],
  ['an operator', { Condition: { DateLessThan: { 'aws:CurrentTime': 'x' } } }, 'LOCAL_RESOURCE_POLICY: a condition operator of a resource policy is emulated, got DateLessThan; write one of StringEquals, '],
  ['a key', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }, 'LOCAL_RESOURCE_POLICY: a condition key of a resource policy is emulated, got aws:SourceVpc; write one of aws:sourceip, '],
])('refuses %s that it does not know', (_, more, message) => {
  expect(() => stage(open, [statement('Allow', more)])).toThrow(message);
});
