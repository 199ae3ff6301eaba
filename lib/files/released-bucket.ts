import { Duration } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { denyFiles, fileBucket } from './file-bucket';

/** Properties of `ReleasedBucket`. */
export interface ReleasedBucketProps {
  readonly key: IKey;
  readonly retention?: Duration;
  readonly browserOrigins: string[];
}

/** Longest that a link to a file works, in milliseconds, whatever it was signed for. */
const LINK_MILLISECONDS = '300000';

/** Where files lie that were scanned and checked: nobody but the release can put one there. */
export class ReleasedBucket extends Construct {
  public readonly bucket: Bucket;

  public constructor(scope: Construct, id: string, { key, retention, browserOrigins }: ReleasedBucketProps) {
    super(scope, id);
    this.bucket = fileBucket(this, { key, browserOrigins, browserMethods: [HttpMethods.GET], lifecycle: { expiration: retention, noncurrentVersionExpiration: Duration.days(30) } });
  }

  /** Denies everybody else to write, and old links to work. */
  public reserve(release: IRole): void {
    denyFiles(this.bucket, 'WrittenByReleaseOnly', ['s3:PutObject'], { ArnNotEquals: { 'aws:PrincipalArn': [release.roleArn] } });
    denyFiles(this.bucket, 'NoOldLinks', ['s3:GetObject'], { NumericGreaterThan: { 's3:signatureAge': LINK_MILLISECONDS } });
  }
}
