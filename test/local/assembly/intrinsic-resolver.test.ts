import { IntrinsicResolver } from '../../../local/assembly/intrinsic-resolver';
import type { Template, TemplateValue } from '../../../local/assembly/template';

const template: Template = {
  Parameters: { Size: { Type: 'String', Default: 'small' } },
  Mappings: { Sizes: { small: { cpu: '1' } } },
  Conditions: { Small: { 'Fn::Equals': [{ Ref: 'Size' }, 'small'] }, Large: { 'Fn::Not': [{ Condition: 'Small' }] } },
  Resources: {
    Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'authorizer' } },
    Domain: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName: { 'Fn::Sub': 'api.${Size}.example' } } },
    Api: { Type: 'AWS::ApiGateway::RestApi' },
    Queue: { Type: 'AWS::SQS::Queue' },
  },
};
const resolver = new IntrinsicResolver({ name: 'Edge', account: '111111111111', region: 'ap-southeast-2', template, assets: [] }, (name) => `exported ${name}`);

test.each<[string, TemplateValue, TemplateValue]>([
  ['Ref of a parameter', { Ref: 'Size' }, 'small'],
  ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'ap-southeast-2'],
  ['Ref of a resource that is known by a property', { Ref: 'Domain' }, 'api.small.example'],
  ['Fn::GetAtt', { 'Fn::GetAtt': ['Function', 'Arn'] }, 'arn:aws:lambda:ap-southeast-2:111111111111:function:authorizer'],
  ['Fn::GetAtt in dotted form', { 'Fn::GetAtt': 'Function.Arn' }, 'arn:aws:lambda:ap-southeast-2:111111111111:function:authorizer'],
  ['Fn::Sub with variables, attributes and a literal', { 'Fn::Sub': ['${A}-${Function.Arn}-${!stage}', { A: { Ref: 'Size' } }] }, 'small-arn:aws:lambda:ap-southeast-2:111111111111:function:authorizer-${stage}'],
  ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'Size' }]] }, 'a/small'],
  ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
  ['Fn::Select of Fn::GetAZs', { 'Fn::Select': ['0', { 'Fn::GetAZs': '' }] }, 'ap-southeast-2a'],
  ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'Trust:${Size}' } }, 'exported Trust:small'],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'cpu'] }, '1'],
  ['Fn::If', { 'Fn::If': ['Small', 'yes', 'no'] }, 'yes'],
  ['Fn::If whose condition does not hold', { 'Fn::If': ['Large', 'yes', 'no'] }, 'no'],
  ['a member without a value', { Keep: 1, Drop: { Ref: 'AWS::NoValue' } }, { Keep: 1 }],
])('resolves %s', (_, value, expected) => {
  expect(resolver.resolve(value)).toEqual(expected);
});

test('invents the same identifier for a resource each time', () => {
  expect(resolver.resolve({ Ref: 'Api' })).toMatch(/^[0-9a-f]{10}$/);
  expect(resolver.resolve({ Ref: 'Api' })).toBe(resolver.resolve({ 'Fn::GetAtt': ['Api', 'RestApiId'] }));
  expect(resolver.resolve({ 'Fn::GetAtt': ['Queue', 'Arn'] })).toMatch(/^arn:aws:sqs:ap-southeast-2:111111111111:Queue-/);
});

test('refuses a function it does not know', () => {
  expect(() => resolver.resolve({ 'Fn::Length': ['a'] })).toThrow('LOCAL_INTRINSIC: the local gateway resolves what stack Edge declares, got Fn::Length; write one of Ref, ');
});

test('refuses a reference to nothing', () => {
  expect(() => resolver.resolve({ Ref: 'Missing' })).toThrow('got Ref Missing; write the logical id of a resource or parameter of this template');
});
