import { CfnEIP, FlowLogDestination, FlowLogTrafficType, GatewayVpcEndpoint, GatewayVpcEndpointAwsService, InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, IpAddresses, ISecurityGroup, IVpc, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledged-rules';

/** Properties of `EnvironmentNetwork`. */
export interface EnvironmentNetworkProps {
  /** Address range of the VPC, an IPv4 network of /16 to /18. */
  readonly cidr: string;
  /** Archive that receives the flow logs. */
  readonly flowLogArchive: IBucket;
  /**
   * A way out in every zone, so that losing a zone loses no key refresh.
   *
   * @default - one way out for the whole network
   */
  readonly redundantEgress?: boolean;
  /**
   * An endpoint of AWS KMS, so that requests to sign stay inside the network.
   *
   * @default - none: KMS is reached through the way out
   */
  readonly keyManagement?: boolean;
}

/** The network of one environment: nothing routes into it from the internet, and nothing connects it to another. */
export class EnvironmentNetwork extends Construct {
  /** The VPC, with private subnets for services and public ones for the way out only. */
  public readonly vpc: IVpc;
  /** The one way to the internal domain. */
  public readonly gatewayEndpoint: InterfaceVpcEndpoint;
  /** Public IPv4 addresses of its way out. */
  public readonly egressAddresses: string[];
  /** Of the library's own functions: HTTPS out, nothing in. */
  public readonly functionSecurityGroup: ISecurityGroup;

  public constructor(scope: Construct, id: string, props: EnvironmentNetworkProps) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(props.cidr),
      maxAzs: 2,
      natGateways: props.redundantEgress ? 2 : 1,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: 'Egress', subnetType: SubnetType.PUBLIC, cidrMask: 26, mapPublicIpOnLaunch: false },
        { name: 'Service', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 },
      ],
    });
    this.vpc = vpc;
    this.egressAddresses = vpc.publicSubnets.flatMap(({ node }) => node.findAll().filter((child) => child instanceof CfnEIP)).map(({ ref }) => ref);
    // Backends import these: an export that ended with the last backend would still be in use when this stack is updated.
    for (const imported of [vpc.vpcId, vpc.vpcCidrBlock, ...this.egressAddresses]) Stack.of(this).exportValue(imported);
    acknowledge(vpc.node.defaultChild ?? vpc, { 'NIST.800.53.R5-VPCDefaultSecurityGroupClosed': 'Nothing uses the default group: every interface in this network names a group of its own, and the default group admits its own members only.' });
    for (const { node } of vpc.publicSubnets) {
      acknowledge(node.findChild('DefaultRoute'), { 'NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW': 'Only NAT gateways live in this subnet: it is the way out to identity providers, and nothing in it accepts connections.' });
    }
    vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toS3(props.flowLogArchive, 'vpc-flow-logs'), trafficType: FlowLogTrafficType.ALL });
    const functions = this.securityGroup('FunctionSecurityGroup', 'Handlers of this environment: HTTPS out, nothing in');
    functions.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS to the identity provider and to AWS');
    this.functionSecurityGroup = functions;
    const toEndpoints = this.securityGroup('EndpointSecurityGroup', 'VPC endpoints of this environment: HTTPS from inside only');
    toEndpoints.addIngressRule(Peer.ipv4(props.cidr), Port.HTTPS, 'HTTPS from inside the network');
    this.gatewayEndpoint = vpc.addInterfaceEndpoint('Gateway', { service: InterfaceVpcEndpointAwsService.APIGATEWAY, privateDnsEnabled: false, securityGroups: [toEndpoints], open: false });
    const secrets = vpc.addInterfaceEndpoint('Secrets', { service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER, securityGroups: [toEndpoints], open: false });
    const tables = vpc.addGatewayEndpoint('Tables', { service: GatewayVpcEndpointAwsService.DYNAMODB });
    this.confine(secrets, tables);
    if (props.keyManagement) {
      const keys = vpc.addInterfaceEndpoint('KeyManagement', { service: InterfaceVpcEndpointAwsService.KMS, securityGroups: [toEndpoints], open: false });
      keys.addToPolicy(ownAccountOnly('kms:*', Stack.of(this).account));
    }
  }

  /** Nothing leaves through an endpoint to another account: neither requests to its APIs nor secrets or items into it. */
  private confine(secrets: InterfaceVpcEndpoint, tables: GatewayVpcEndpoint): void {
    const { account } = Stack.of(this);
    this.gatewayEndpoint.addToPolicy(new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: ['execute-api:Invoke'],
      resources: [Stack.of(this).formatArn({ service: 'execute-api', resource: '*' })],
    }));
    secrets.addToPolicy(ownAccountOnly('secretsmanager:*', account));
    tables.addToPolicy(ownAccountOnly('dynamodb:*', account));
  }

  private securityGroup(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }
}

function ownAccountOnly(actions: string, account: string): PolicyStatement {
  return new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions: [actions],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account } },
  });
}
