import type { Check } from '../check';
import { STACK_TYPE } from '../stack-template';
import { domainDeclared } from './security-domain';

/** What segregates environments and limits flows inside them. */
export const NETWORK_CHECKS: readonly Check[] = [
  {
    id: 'environments-separate-accounts',
    shows: 'No two environments share an account and Region.',
    types: [STACK_TYPE], that: [{ path: 'environment', matches: '^[0-9]{12}/[a-z0-9-]+$' }], quantifier: 'distinct',
  },
  {
    id: 'vpc-per-environment',
    shows: 'The environment has a VPC of its own.',
    types: ['AWS::EC2::VPC'], that: [{ path: 'CidrBlock', exists: true }], quantifier: 'some',
  },
  {
    id: 'vpc-flow-logs',
    shows: 'The VPC logs accepted and rejected flows.',
    types: ['AWS::EC2::FlowLog'], where: [{ path: 'ResourceType', equals: 'VPC' }], that: [{ path: 'TrafficType', equals: 'ALL' }], quantifier: 'every',
  },
  {
    id: 'subnets-without-public-addresses',
    shows: 'No subnet gives its members a public address.',
    types: ['AWS::EC2::Subnet'], that: [{ path: 'MapPublicIpOnLaunch', equals: false }], quantifier: 'every',
  },
  {
    id: 'interface-endpoints-guarded',
    shows: 'AWS services are reached through interface endpoints with security groups, not over the internet.',
    types: ['AWS::EC2::VPCEndpoint'], where: [{ path: 'VpcEndpointType', equals: 'Interface' }],
    that: [{ path: 'SecurityGroupIds', exists: true }], quantifier: 'every',
  },
  {
    id: 'execute-api-endpoint',
    shows: 'Internal callers reach the internal gateway through a VPC endpoint.',
    types: ['AWS::EC2::VPCEndpoint'], that: [{ path: 'ServiceName', matches: 'execute-api' }], quantifier: 'some', declaredBy: domainDeclared('internal'),
  },
];
