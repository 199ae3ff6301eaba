import { Match, Template } from 'aws-cdk-lib/assertions';
import { PrivateEndpoint } from '../../../lib';
import { TestStack } from '../../fixtures/test-stack';
import { refusalOf } from '../../fixtures/refusal';

const stack = new TestStack();
const { vpc, gatewayEndpoint } = stack.network();
const endpoint = new PrivateEndpoint(stack, 'Endpoint', { domainName: 'internal.test.bank.example', vpc, vpcEndpoint: gatewayEndpoint });
endpoint.mapApi(stack, 'Mapping', 'api-id', 'live', 'accounts');
endpoint.mapApi(stack, 'RootMapping', 'root-id', 'live', '');
const template = Template.fromStack(stack);
const [vpcEndpointId] = Object.keys(template.findResources('AWS::EC2::VPCEndpoint', { Properties: { ServiceName: 'com.amazonaws.ap-southeast-2.execute-api' } }));

test('is a private name with TLS 1.2', () => {
  template.hasResourceProperties('AWS::ApiGateway::DomainNameV2', { DomainName: 'internal.test.bank.example', EndpointConfiguration: { Types: ['PRIVATE'] }, SecurityPolicy: 'TLS_1_2' });
});

test('admits callers through its VPC endpoint and denies every other way', () => {
  const [domain] = Object.values(template.findResources('AWS::ApiGateway::DomainNameV2')) as { Properties: { Policy: { Statement: object[] } } }[];
  const everyone = { Action: 'execute-api:Invoke', Principal: { AWS: '*' }, Resource: 'execute-api:/*' };
  expect(domain!.Properties.Policy.Statement).toEqual([
    { ...everyone, Effect: 'Allow' },
    { ...everyone, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpce': { Ref: vpcEndpointId } } } },
  ]);
});

test('is associated with that VPC endpoint, and resolves inside the network only', () => {
  template.hasResourceProperties('AWS::ApiGateway::DomainNameAccessAssociation', { AccessAssociationSource: { Ref: vpcEndpointId }, AccessAssociationSourceType: 'VPCE' });
  template.hasResourceProperties('AWS::Route53::HostedZone', { Name: 'internal.test.bank.example.', VPCs: [Match.objectLike({ VPCId: Match.anyValue() })] });
  template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'internal.test.bank.example.', Type: 'A' });
});

test('serves a REST API under one path segment, and the rest under none', () => {
  template.hasResourceProperties('AWS::ApiGateway::BasePathMappingV2', { BasePath: 'accounts', RestApiId: 'api-id', Stage: 'live' });
  template.hasResourceProperties('AWS::ApiGateway::BasePathMappingV2', { BasePath: Match.absent(), RestApiId: 'root-id' });
});

test('refuses a path of several segments, which a private name cannot map', () => {
  expect(refusalOf(() => endpoint.mapApi(stack, 'Deep', 'api-id', 'live', 'accounts/cards'))).toContain("PRIVATE_MAPPING: ");
});
