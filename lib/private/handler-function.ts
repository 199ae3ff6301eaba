import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, CodeConfig, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { readFileSync } from 'fs';
import { acknowledge } from './acknowledged-rules';
import { generatedFolder } from './generated-file';
import { packagedFile } from './packaged-file';

/** Properties of `HandlerFunction`. */
export interface HandlerFunctionProps {
  /** Folder of the handler in `lambda/`. */
  readonly handler: string;
  readonly description: string;
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  /** Encrypts the environment variables and the log. */
  readonly key: IKey;
  readonly timeout: Duration;
  readonly environment?: { [name: string]: string };
  /** Files that travel beside the handler. */
  readonly files?: { [name: string]: string };
  /** @default - the account's own limit, with the callers' rate limits in front of it */
  readonly reservedConcurrency?: number;
  /** Who invokes the handler, and what becomes of a failed invocation: why it has no dead letter queue. */
  readonly failureHandling: string;
}

/** What Lambda itself, and nothing in the handler's code, does with network interfaces in the VPC. */
const NETWORK_INTERFACE_ACTIONS = ['ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses'];

/** One of the library's own handlers, bundled when the library was built, with a role that can do what it is granted and no more. */
export class HandlerFunction extends Construct {
  public readonly function: Function;
  /** Grant to this: the function's role takes no inline policies. */
  public readonly policy: ManagedPolicy;

  public constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', { encryptionKey: props.key, retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN });
    this.policy = this.rolePolicy(props, logGroup);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [this.policy] });
    this.function = new Function(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: new PackagedCode(this, props),
      memorySize: 512,
      timeout: props.timeout,
      environment: props.environment,
      environmentEncryption: props.key,
      vpc: props.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [props.securityGroup],
      role: role.withoutPolicyUpdates(),
      logGroup,
      tracing: Tracing.ACTIVE,
      reservedConcurrentExecutions: props.reservedConcurrency,
    });
    acknowledge(this.function, {
      'NIST.800.53.R5-LambdaDLQ': props.failureHandling,
      'Serverless-LambdaDLQ': props.failureHandling,
      ...(props.reservedConcurrency === undefined && { 'NIST.800.53.R5-LambdaConcurrency': 'The gateway throttles in front of this function; a reserved share would turn a burst of valid callers into refusals.' }),
    });
  }

  private rolePolicy({ key }: HandlerFunctionProps, logGroup: LogGroup): ManagedPolicy {
    const policy = new ManagedPolicy(this, 'Policy', {
      statements: [
        new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
        new PolicyStatement({ actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], resources: ['*'] }),
        new PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'], conditions: { Null: { 'lambda:SourceFunctionArn': 'true' } } }),
      ],
    });
    key.grantDecrypt(policy);
    acknowledge(policy, { 'AwsSolutions-IAM5[Resource::*]': 'X-Ray has no resources to name, and Lambda creates the network interfaces itself before they have names; the condition withholds those actions from the handler\'s own code.' });
    return policy;
  }
}

/** A bundled handler and the files beside it, as one asset of the cloud assembly. */
class PackagedCode extends Code {
  public readonly isInline = false;

  public constructor(private readonly owner: Construct, private readonly props: HandlerFunctionProps) {
    super();
  }

  public bind(): CodeConfig {
    const files = { 'index.js': readFileSync(packagedFile(`handlers/${this.props.handler}/index.js`)), ...this.props.files };
    const { bucketName, objectKey } = generatedFolder(this.owner, files);
    return { s3Location: { bucketName, objectKey } };
  }

  public override bindToResource(): void {
    // Local tools find the folder through the asset manifest.
  }
}
