import type { Resource, StampedEnvironment } from '../../../lib/evidence/assembly';
import { satisfies } from '../../../lib/evidence/condition';
import { Scope } from '../../../lib/evidence/scope';

const home = { account: '111111111111', region: 'ap-southeast-2' };
const resource = (logicalId: string, type: string, stack: string, properties: Record<string, unknown> = {}): Resource => ({ logicalId, type, stack, template: `${stack}.json`, home, properties });

const ENDPOINT = resource('Endpoint', 'AWS::EC2::VPCEndpoint', 'Test/Network');
const NAMESAKE = resource('Endpoint', 'AWS::SNS::Topic', 'Test/Edge');
const API = resource('Api', 'AWS::ApiGateway::RestApi', 'Test/Edge', { Endpoint: { 'Fn::ImportValue': 'endpoint' }, Account: home.account });
const STAGE = resource('Stage', 'AWS::ApiGateway::Stage', 'Test/Edge', { RestApiId: { Ref: 'Api' } });

const environment: StampedEnvironment = {
  name: 'Test', resources: [ENDPOINT, NAMESAKE, API, STAGE], acknowledgements: [], exceptions: [],
  exports: new Map([['endpoint', { stack: 'Test/Network', value: { Ref: 'Endpoint' } }], ['text', { stack: 'Test/Network', value: 'vpce-1' }]]),
};
const scope = new Scope(environment, API);

test.each<[string, unknown, Resource | undefined]>([
  ['a reference', { Ref: 'Stage' }, STAGE],
  ['an attribute', { 'Fn::GetAtt': ['Stage', 'Arn'] }, STAGE],
  ['an attribute, written short', { 'Fn::GetAtt': 'Stage.Arn' }, STAGE],
  ['what another stack exports, not its namesake here', { 'Fn::ImportValue': 'endpoint' }, ENDPOINT],
  ['an export of plain text', { 'Fn::ImportValue': 'text' }, undefined],
  ['an export of another environment', { 'Fn::ImportValue': 'elsewhere' }, undefined],
  ['a resource that is not there', { Ref: 'Nothing' }, undefined],
  ['plain text', 'Stage', undefined],
  ['a list of references', [{ Ref: 'Stage' }], undefined],
  ['a reference inside text', { 'Fn::Sub': '${Stage}' }, undefined],
])('follows %s', (_, value, expected) => {
  expect(scope.follow(value)?.resource).toBe(expected);
});

test('finds what text mentions', () => {
  const value = { 'Fn::Join': ['', ['a', { Ref: 'Stage' }, { 'Fn::Sub': 'b ${Endpoint.Arn} ${AWS::Region}' }]] };
  expect(scope.mentioned(value).map(({ resource: found }) => found)).toEqual([STAGE, NAMESAKE]);
});

test('finds what refers to a resource', () => {
  expect(scope.referrers('AWS::ApiGateway::Stage', 'RestApiId').map(({ resource: found }) => found)).toEqual([STAGE]);
  expect(new Scope(environment, NAMESAKE).referrers('AWS::ApiGateway::RestApi', 'Endpoint')).toEqual([]);
});

test('reads conditions along references, and knows its own account', () => {
  const own = [{ path: 'Endpoint', refersTo: [{ path: '$type', equals: 'AWS::EC2::VPCEndpoint' }] }, { path: 'Account', own: 'account' as const }];
  expect(satisfies(scope.properties, own, scope)).toBe(true);
  expect(satisfies(scope.properties, own)).toBe(false);
  expect(satisfies({ Account: { Ref: 'AWS::AccountId' } }, [{ path: 'Account', own: 'account' }], scope)).toBe(true);
  expect(satisfies({ Account: '222222222222' }, [{ path: 'Account', own: 'account' }], scope)).toBe(false);
});
