import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, IBucket, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledged-rules';

/** Properties of `LogArchive`. */
export interface LogArchiveProps {
  /** Encrypts every record; without it the archive cannot be read. */
  readonly key: IKey;
  /**
   * How long a record can be neither changed nor deleted, by anybody.
   *
   * @default Duration.days(365)
   */
  readonly retention?: Duration;
}

/** The write-once archive of an environment's logs (ISM-1815, ISM-1988). */
export class LogArchive extends Construct {
  /** The bucket that logs are delivered to. Nobody can delete a record before its retention ends. */
  public readonly bucket: IBucket;

  public constructor(scope: Construct, id: string, props: LogArchiveProps) {
    super(scope, id);
    const retention = props.retention ?? Duration.days(365);
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      bucketKeyEnabled: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectLockDefaultRetention: ObjectLockRetention.compliance(retention),
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      versioned: true,
      lifecycleRules: [{ transitions: [], noncurrentVersionExpiration: retention, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    acknowledge(bucket, {
      'AwsSolutions-S1': 'This bucket is the archive that logs are delivered to; access logs of an archive into itself would feed themselves. Data events belong to the account trail.',
      'NIST.800.53.R5-S3BucketLoggingEnabled': 'This bucket is the archive that logs are delivered to; access logs of an archive into itself would feed themselves. Data events belong to the account trail.',
      'NIST.800.53.R5-S3BucketReplicationEnabled': 'Object lock in compliance mode keeps every version for the retention; replication to another Region is an organisational choice about where the data may reside.',
    });
    this.bucket = bucket;
  }
}
