import { CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, IBucket, LifecycleRule, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledged-rules';

/** What differs between two buckets of files. */
export interface FileBucketProps {
  readonly key: IKey;
  readonly lifecycle: LifecycleRule;
  /** What scripts of those origins may do. */
  readonly browserMethods: HttpMethods[];
  readonly browserOrigins: string[];
}

/** A bucket of files: private, encrypted, versioned, over TLS only. */
export function fileBucket(scope: Construct, { key, lifecycle, browserMethods, browserOrigins }: FileBucketProps): Bucket {
  const bucket = new Bucket(scope, 'Bucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    bucketKeyEnabled: true,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
    versioned: true,
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1), ...lifecycle }],
    cors: browserOrigins.length === 0 ? undefined : [{ allowedOrigins: browserOrigins, allowedMethods: browserMethods, allowedHeaders: ['content-type'], maxAge: 600 }],
  });
  const logged = 'Each upload is permitted by a record of the authorizer and released by one of the release, joined by txn; reads of single objects belong to the data events of the account trail.';
  acknowledge(bucket, {
    'AwsSolutions-S1': logged,
    'NIST.800.53.R5-S3BucketLoggingEnabled': logged,
    'NIST.800.53.R5-S3BucketReplicationEnabled': 'Files of callers stay in the Region that their environment was given; where they may be copied to is an organisational choice.',
  });
  return bucket;
}

/** Denies something to everybody for whom the conditions hold, on every file of a bucket. */
export function denyFiles(bucket: Bucket, sid: string, actions: string[], conditions: { [operator: string]: { [key: string]: string | string[] } }): void {
  bucket.addToResourcePolicy(new PolicyStatement({ sid, effect: Effect.DENY, principals: [new AnyPrincipal()], actions, resources: [bucket.arnForObjects('*')], conditions }));
}

/** Logical id of a bucket, as rule packs name its ARN. */
export function bucketLogicalId(bucket: IBucket): string {
  return Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnResource);
}
