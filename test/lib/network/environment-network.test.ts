import { Match, Template } from 'aws-cdk-lib/assertions';
import { EnvironmentNetwork, LogArchive } from '../../../lib';
import { StampedEnvironment } from '../../fixtures/environment-stage';
import { TestStack } from '../../fixtures/test-stack';

function network(redundantEgress?: boolean): Template {
  const stack = new TestStack();
  const archive = new LogArchive(stack, 'Archive', { key: stack.key });
  new EnvironmentNetwork(stack, 'Network', { cidr: '10.9.0.0/16', flowLogArchive: archive.bucket, redundantEgress });
  return Template.fromStack(stack);
}

const template = network();
const groupId = (description: string): string => Object.keys(template.findResources('AWS::EC2::SecurityGroup', { Properties: { GroupDescription: Match.stringLikeRegexp(description) } }))[0]!;

test('has the address range of its environment and no public addresses', () => {
  template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.9.0.0/16' });
  template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  template.resourceCountIs('AWS::EC2::Subnet', 4);
});

test('records all its traffic in the archive', () => {
  template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', LogDestinationType: 's3', LogDestination: Match.objectLike({ 'Fn::Join': Match.anyValue() }) });
});

test('connects to no other network', () => {
  for (const type of ['AWS::EC2::VPCPeeringConnection', 'AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::VPNGateway']) template.resourceCountIs(type, 0);
});

test.each([[undefined, 1], [true, 2]])('has one way out, or one per zone (redundant: %s)', (redundant, gateways) => {
  network(redundant).resourceCountIs('AWS::EC2::NatGateway', gateways);
});

test('reaches the gateway and secrets without leaving the network of the platform', () => {
  const endpoint = { VpcEndpointType: 'Interface', SecurityGroupIds: [{ 'Fn::GetAtt': [groupId('^VPC endpoints'), 'GroupId'] }] };
  template.hasResourceProperties('AWS::EC2::VPCEndpoint', { ...endpoint, ServiceName: 'com.amazonaws.ap-southeast-2.execute-api', PrivateDnsEnabled: false });
  template.hasResourceProperties('AWS::EC2::VPCEndpoint', { ...endpoint, ServiceName: 'com.amazonaws.ap-southeast-2.secretsmanager', PrivateDnsEnabled: true });
  const [tables] = Object.values(template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Gateway' } })) as { Properties: { ServiceName: unknown; RouteTableIds: unknown[] } }[];
  expect(JSON.stringify(tables!.Properties.ServiceName)).toContain('.dynamodb');
  expect(tables!.Properties.RouteTableIds).toHaveLength(4);
  template.resourceCountIs('AWS::EC2::VPCEndpoint', 3);
});

test('lets nothing leave through an endpoint to another account', () => {
  const policyOf = (service: string): unknown[] => {
    const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint')) as { Properties: { ServiceName: unknown; PolicyDocument: { Statement: unknown[] } } }[];
    return endpoints.find(({ Properties }) => JSON.stringify(Properties.ServiceName).includes(`.${service}"`))!.Properties.PolicyDocument.Statement;
  };
  for (const service of ['secretsmanager', 'dynamodb']) expect(policyOf(service)).toEqual([expect.objectContaining({ Action: `${service}:*`, Condition: { StringEquals: { 'aws:PrincipalAccount': '222222222222', 'aws:ResourceAccount': '222222222222' } } })]);
  expect(JSON.stringify(policyOf('execute-api'))).toContain(':execute-api:ap-southeast-2:222222222222:*');
});

test('lets functions out over HTTPS and nothing in', () => {
  const [group] = Object.values(template.findResources('AWS::EC2::SecurityGroup', { Properties: { GroupDescription: Match.stringLikeRegexp('^Handlers') } })) as { Properties: Record<string, unknown> }[];
  expect(group!.Properties.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' })]);
  expect(group!.Properties).not.toHaveProperty('SecurityGroupIngress');
});

test('lets the network into its endpoints over HTTPS, and nothing out of them', () => {
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: Match.stringLikeRegexp('^VPC endpoints'),
    SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.9.0.0/16', FromPort: 443, ToPort: 443 })],
    SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
  });
  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
});

// Backends come and go: an export that ends with the last of them would still be in use when the network, first of all, is updated.
test('exports what backends import whether there is one or not', () => {
  const exported = JSON.stringify(new StampedEnvironment().template('Network').findOutputs('*'));
  expect(exported).toContain('"Fn::GetAtt":["NetworkVpc7FB7348F","CidrBlock"]');
  expect(exported).toContain('{"Ref":"NetworkVpc7FB7348F"}');
});
