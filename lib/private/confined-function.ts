import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, ILayerVersion, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledged-rules';
import { FunctionRole } from './function-role';

/** Tag that says what a role is for. A tag of the session counts too: the runbook says how an organisation reserves it ("Reserve the duty tag"). */
export const DUTY_TAG = 'ApiSecurityDuty';

/** What a function is made of, and where it runs. */
export interface ConfinedFunctionProps {
  readonly functionName?: string;
  readonly description: string;
  readonly code: Code;
  /** @default 'index.handler' */
  readonly handler?: string;
  /** @default Runtime.NODEJS_24_X */
  readonly runtime?: Runtime;
  /** @default Architecture.ARM_64 */
  readonly architecture?: Architecture;
  /** Mebibytes. @default 512 */
  readonly memorySize?: number;
  readonly timeout: Duration;
  readonly environment?: { [name: string]: string };
  /** @default - none */
  readonly layers?: ILayerVersion[];
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  /** Encrypts the log; environment variables hold names only, and the platform's own key encrypts them. */
  readonly key: IKey;
  /** @default - the account's own limit, with the callers' rate limits in front of it */
  readonly reservedConcurrency?: number;
  /** Who invokes the function, and what becomes of a failed invocation: why it has no dead letter queue. */
  readonly failureHandling: string;
  /** What the function's role is for; secrets admit roles by this tag. @default - no tag */
  readonly duty?: string;
  /** Whether the function can be granted more than its owner adds to its policy. @default false */
  readonly grantable?: boolean;
}

/** What Lambda itself, and nothing in the function's code, does with network interfaces in the VPC. */
const NETWORK_INTERFACE_ACTIONS = ['ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses'];

/** A function inside a VPC, encrypted and traced, that can do what it is granted and no more; its parts are children of its owner. */
export class ConfinedFunction {
  public readonly function: Function;
  /** What the function needs to run, and what its owner adds. */
  public readonly policy: ManagedPolicy;

  public constructor(owner: Construct, props: ConfinedFunctionProps) {
    const logGroup = new LogGroup(owner, 'Log', { encryptionKey: props.key, retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN });
    this.policy = managedPolicy(owner, logGroup);
    const role = new FunctionRole(owner, 'Role', this.policy);
    if (props.duty !== undefined) Tags.of(role).add(DUTY_TAG, props.duty);
    this.function = new Function(owner, 'Function', {
      functionName: props.functionName,
      description: props.description,
      runtime: props.runtime ?? Runtime.NODEJS_24_X,
      architecture: props.architecture ?? Architecture.ARM_64,
      handler: props.handler ?? 'index.handler',
      code: props.code,
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout,
      environment: props.environment,
      layers: props.layers,
      vpc: props.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [props.securityGroup],
      role: props.grantable ? role : role.withoutPolicyUpdates(),
      logGroup,
      tracing: Tracing.ACTIVE,
      reservedConcurrentExecutions: props.reservedConcurrency,
    });
    role.acceptGrants();
    acknowledge(this.function, {
      'NIST.800.53.R5-LambdaDLQ': props.failureHandling,
      'Serverless-LambdaDLQ': props.failureHandling,
      ...(props.reservedConcurrency === undefined && { 'NIST.800.53.R5-LambdaConcurrency': 'The gateway throttles in front of this function; a reserved share would turn a burst of valid callers into refusals.' }),
    });
  }
}

function managedPolicy(owner: Construct, logGroup: ILogGroup): ManagedPolicy {
  const policy = new ManagedPolicy(owner, 'Policy', {
    statements: [
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
      new PolicyStatement({ actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], resources: ['*'] }),
      new PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'], conditions: { Null: { 'lambda:SourceFunctionArn': 'true' } } }),
    ],
  });
  acknowledge(policy, { 'AwsSolutions-IAM5[Resource::*]': 'X-Ray has no resources to name, and Lambda creates the network interfaces itself before they have names; the condition withholds those actions from the function\'s own code.' });
  return policy;
}
