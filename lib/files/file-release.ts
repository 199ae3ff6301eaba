import { Duration } from 'aws-cdk-lib';
import { IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SCAN_EVENTS } from '../contract/malware-scan';
import { acknowledge } from '../private/acknowledged-rules';
import { HandlerFunction } from '../private/handler-function';
import { bucketLogicalId } from './file-bucket';
import { keyUse } from './key-use';

/** Properties of `FileRelease`. */
export interface FileReleaseProps {
  readonly vpc: IVpc;
  readonly key: IKey;
  readonly service: string;
  readonly environment: { readonly [name: string]: string };
  readonly quarantine: Bucket;
  readonly released: Bucket;
  /** ARN of the malware protection plan whose events count. */
  readonly planArn: string;
}

const RELEASES_AT_ONCE = 10;

/** The function that releases files, what invokes it, and the queue of the events that it failed on. */
export class FileRelease extends Construct {
  public readonly function: Function;
  public readonly role: IRole;
  /** Events that were given up, each a file that is stuck in quarantine. */
  public readonly failures: IQueue;

  public constructor(scope: Construct, id: string, props: FileReleaseProps) {
    super(scope, id);
    const failures = new Queue(this, 'Failures', { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) });
    const reason = 'This queue is itself the dead letter queue of the release; an alarm tells as soon as an event is in it.';
    acknowledge(failures, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', { vpc: props.vpc, description: `Release of files of ${props.service}: HTTPS out, nothing in`, allowAllOutbound: false });
    securityGroup.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS to S3, at addresses that change');
    const { function: handler, policy } = new HandlerFunction(this, 'Handler', {
      handler: 'file-release',
      description: `Releases scanned files of the API service ${props.service}`,
      vpc: props.vpc,
      securityGroup,
      key: props.key,
      timeout: Duration.seconds(90),
      environment: props.environment,
      reservedConcurrency: RELEASES_AT_ONCE,
      failureHandling: 'An event that cannot be handled is tried three times and then kept in a queue, by the failure destination of the function; the alarm FileReleaseFailed tells.',
    });
    handler.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.hours(6), onFailure: new SqsDestination(failures) });
    this.permit(policy, props, failures);
    this.on('ScanResult', handler, failures, {
      source: [SCAN_EVENTS.source], detailType: [SCAN_EVENTS.result], resources: [props.planArn],
      detail: { s3ObjectDetails: { bucketName: [props.quarantine.bucketName], objectKey: [{ prefix: `${props.service}/` }] } },
    });
    this.on('ScannerFailure', handler, failures, { source: [SCAN_EVENTS.source], detailType: [...SCAN_EVENTS.failures], resources: [props.planArn] });
    this.function = handler;
    this.role = handler.role!;
    this.failures = failures;
  }

  private on(id: string, handler: Function, deadLetterQueue: IQueue, eventPattern: EventPattern): void {
    new Rule(this, id, { eventPattern, targets: [new LambdaFunction(handler, { deadLetterQueue, maxEventAge: Duration.hours(6), retryAttempts: 10 })] });
  }

  /** Only versions, and never the latest: what is uploaded meanwhile is another version. Listing makes S3 tell what is gone from what is denied. */
  private permit(policy: ManagedPolicy, { quarantine, released, service, key }: FileReleaseProps, failures: IQueue): void {
    const objects = `${service}/*`;
    policy.addStatements(
      new PolicyStatement({ actions: ['s3:GetObjectVersion', 's3:DeleteObjectVersion'], resources: [quarantine.arnForObjects(objects)] }),
      new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [released.arnForObjects(objects)] }),
      new PolicyStatement({ actions: ['s3:ListBucket', 's3:ListBucketVersions'], resources: [quarantine.bucketArn, released.bucketArn] }),
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failures.queueArn] }),
      keyUse(this, key),
    );
    acknowledge(policy, Object.fromEntries([quarantine, released].map((bucket) => [
      `AwsSolutions-IAM5[Resource::<${bucketLogicalId(bucket)}.Arn>/${service}/*]`,
      'The release handles every file of its API service; files have names of their own, which only running produces.',
    ])));
  }
}
