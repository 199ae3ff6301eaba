import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { EnvironmentStage } from 'cdk-api-security';

const NETWORK_INTERFACE_ACTIONS = ['ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses'];
const NO_DEAD_LETTERS = 'The gateway invokes the function synchronously: a failed request is answered to its caller, and nothing is queued.';

/** The function behind `Backend.lambda('bank-rates')`, in the network of its environment. */
export class RatesBackend extends Stack {
  public constructor(environment: EnvironmentStage, id: string) {
    const { name, domainName, isProduction } = environment.environment;
    super(environment, id, { description: `Function of the API service rates (${name})`, terminationProtection: isProduction, tags: { Environment: name, Owner: 'Treasury' } });
    const log = new LogGroup(this, 'Log', { encryptionKey: environment.key, retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN });
    const rates = new Function(this, 'Rates', {
      functionName: 'bank-rates',
      description: 'Interest and exchange rates',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset('dist/backends/bank-rates'),
      memorySize: 512,
      timeout: Duration.seconds(10),
      reservedConcurrentExecutions: 50,
      environment: { TRUST_DOMAIN: domainName, TRUST_ISSUER: environment.trustIssuer },
      environmentEncryption: environment.key,
      vpc: environment.network.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [this.securityGroup(environment)],
      role: this.role(environment, log).withoutPolicyUpdates(),
      logGroup: log,
      tracing: Tracing.ACTIVE,
    });
    Validations.of(rates).acknowledge(
      { id: 'NIST.800.53.R5-LambdaDLQ', reason: NO_DEAD_LETTERS },
      { id: 'Serverless-LambdaDLQ', reason: NO_DEAD_LETTERS },
    );
  }

  private securityGroup({ network }: EnvironmentStage): SecurityGroup {
    const group = new SecurityGroup(this, 'SecurityGroup', { vpc: network.vpc, description: 'Rates: HTTPS to the keys of the trust tokens, nothing in', allowAllOutbound: false });
    group.addEgressRule(Peer.ipv4(network.vpc.vpcCidrBlock), Port.HTTPS, 'HTTPS to the endpoints of this network');
    return group;
  }

  private role({ key }: EnvironmentStage, log: LogGroup): Role {
    const policy = new ManagedPolicy(this, 'Policy', {
      statements: [
        new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [log.logGroupArn] }),
        new PolicyStatement({ actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], resources: ['*'] }),
        new PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'], conditions: { Null: { 'lambda:SourceFunctionArn': 'true' } } }),
      ],
    });
    key.grantDecrypt(policy);
    Validations.of(policy).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray has no resources to name, and Lambda makes the network interfaces itself before they have names; the condition withholds those actions from the code.',
    });
    return new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [policy] });
  }
}
