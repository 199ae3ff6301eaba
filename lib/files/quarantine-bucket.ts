import { Duration } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketPolicy, CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { SCAN_TAG } from '../contract/malware-scan';
import { denyFiles, fileBucket } from './file-bucket';

/** Properties of `QuarantineBucket`. */
export interface QuarantineBucketProps {
  readonly key: IKey;
  readonly retention: Duration;
  readonly browserOrigins: string[];
}

/** Where uploads lie that nobody may read: whatever a role of the account is granted, the bucket denies it. */
export class QuarantineBucket extends Construct {
  public readonly bucket: Bucket;

  public constructor(scope: Construct, id: string, { key, retention, browserOrigins }: QuarantineBucketProps) {
    super(scope, id);
    this.bucket = fileBucket(this, { key, browserOrigins, browserMethods: [HttpMethods.POST], lifecycle: { expiration: retention, noncurrentVersionExpiration: retention } });
    // The L2 property would deploy a function that sets what CloudFormation can set.
    (this.bucket.node.defaultChild as CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }

  /** The policy that reserves the bucket. */
  public get policy(): BucketPolicy {
    return this.bucket.policy!;
  }

  /** Denies to everybody else what only the scanner and the release have to do. */
  public reserve(scanner: IRole, release: IRole): void {
    const others = (...roles: IRole[]): { [operator: string]: { [key: string]: string[] } } => ({ ArnNotEquals: { 'aws:PrincipalArn': roles.map(({ roleArn }) => roleArn) } });
    denyFiles(this.bucket, 'ReadByScannerAndReleaseOnly', ['s3:GetObject', 's3:GetObjectVersion'], others(scanner, release));
    denyFiles(this.bucket, 'ReadOnlyWithoutThreats', ['s3:GetObject', 's3:GetObjectVersion'], { ...others(scanner), StringNotEquals: { [`s3:ExistingObjectTag/${SCAN_TAG.key}`]: SCAN_TAG.clean } });
    denyFiles(this.bucket, 'TaggedByScannerOnly', ['s3:PutObjectTagging', 's3:PutObjectVersionTagging', 's3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'], others(scanner));
    denyFiles(this.bucket, 'UploadedByFormOnly', ['s3:PutObject'], { ...others(scanner), StringNotEquals: { 's3:authType': 'POST' } });
  }
}
