import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { AnyPrincipal, Effect, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DeclaredAuthorities, STORED_TRUST_STORE_TYPE, TRUST_STORE_ATTRIBUTE, TRUST_STORE_ENVIRONMENT, TRUST_STORE_OBJECT } from '../contract/stored-trust-store';
import { TrustStore } from '../declaration/trust-store';
import { acknowledge } from '../private/acknowledged-rules';
import { HandlerFunction } from '../private/handler-function';
import { notCloudFormation } from '../private/not-cloudformation';
import { demand } from '../private/refusal';
import { TrustStoreVersion } from '../private/trust-store-version';

/** Properties of `StoredTrustStore`. */
export interface StoredTrustStoreProps {
  /** Name of the environment, a dimension of its metrics. */
  readonly environmentName: string;
  /** What is stored; at least one member is a private CA. */
  readonly trustStore: TrustStore;
  /** Network of the environment; the function runs in its private subnets. */
  readonly vpc: IVpc;
  /** What the function may connect to: AWS over HTTPS. */
  readonly securityGroup: ISecurityGroup;
  /** Encrypts the log. */
  readonly key: IKey;
}

/** What ends a version of an object, hides it behind a marker, or writes one from another bucket. */
const VERSION_ENDS = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ReplicateDelete', 's3:ReplicateObject'];
/** Often enough that a day without an answer is no accident. */
const CHECK_EVERY = Duration.hours(6);

/**
 * A trust store whose private CAs are read at deployment, in a bucket that keeps every version of it.
 *
 * A deployment reads a CA that is new or has a new revision, and takes every other as it was stored, so it and a rollback replace nothing
 * by themselves. One that cannot read such a CA, or finds no valid authority there, fails and leaves the version before in use. Between
 * deployments a function compares what is stored with the CAs, and alarms tell what is different.
 */
export class StoredTrustStore extends Construct {
  /** What this deployment stored. */
  public readonly version: TrustStoreVersion;

  public constructor(scope: Construct, id: string, props: StoredTrustStoreProps) {
    super(scope, id);
    demand('PRIVATE_AUTHORITY', props.trustStore.privateAuthorities.length > 0, () => 'a stored trust store without one');
    const bucket = trustStoreBucket(this);
    const { function: handler, policy } = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'trust-store',
      description: 'Stores the trust store of the partner domain, and compares it with the private CAs',
      timeout: Duration.minutes(1),
      reservedConcurrency: 1,
      environment: { [TRUST_STORE_ENVIRONMENT.bucket]: bucket.bucketName, [TRUST_STORE_ENVIRONMENT.environment]: props.environmentName },
      failureHandling: 'CloudFormation waits for an answer and fails the deployment without one; a comparison that fails leaves its metric out, and the alarm TrustStoreExpiry tells.',
    });
    policy.addStatements(
      new PolicyStatement({ actions: ['acm-pca:GetCertificateAuthorityCertificate'], resources: props.trustStore.privateAuthorities }),
      new PolicyStatement({ actions: ['s3:PutObject'], resources: Object.values(TRUST_STORE_OBJECT).map((object) => bucket.arnForObjects(object)) }),
      new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [bucket.arnForObjects(TRUST_STORE_OBJECT.authorities)] }),
    );
    reserve(bucket, handler.role!);
    const stored = new CustomResource(this, 'Stored', {
      serviceToken: handler.functionArn,
      resourceType: STORED_TRUST_STORE_TYPE,
      serviceTimeout: Duration.minutes(5),
      properties: { Partners: declaredAuthorities(props.trustStore) },
    });
    stored.node.addDependency(policy, bucket.policy!);
    this.version = { bucketName: bucket.bucketName, bundleVersion: stored.getAttString(TRUST_STORE_ATTRIBUTE.bundleVersion), authoritiesVersion: stored.getAttString(TRUST_STORE_ATTRIBUTE.authoritiesVersion) };
    const check = new Rule(this, 'Check', { description: 'Compares the stored trust store with the private CAs', schedule: Schedule.rate(CHECK_EVERY), targets: [new LambdaFunction(handler, { retryAttempts: 2, maxEventAge: Duration.hours(1) })] });
    acknowledge(check.node.findChild('Resource'), { 'Serverless-EventBusDLQ': 'The next run compares all that a lost one would have; the alarm TrustStoreExpiry tells of a day without one.' });
  }
}

function declaredAuthorities(trustStore: TrustStore): { [partner: string]: DeclaredAuthorities } {
  return Object.fromEntries(trustStore.partners.map((partner) => [partner, {
    Files: trustStore.authoritiesOf(partner),
    PrivateAuthorities: trustStore.privateAuthoritiesOf(partner),
    Revisions: trustStore.privateRevisionsOf(partner),
  }]));
}

/** A version that a domain name refers to must not end, so none does. */
function trustStoreBucket(scope: Construct): Bucket {
  const bucket = new Bucket(scope, 'Bucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
    versioned: true,
  });
  const logged = 'Every version is kept and each is written by one function, whose log tells of it; what the gateway reads of it belongs to the data events of the account trail.';
  acknowledge(bucket, {
    'AwsSolutions-S1': logged,
    'NIST.800.53.R5-S3BucketLoggingEnabled': logged,
    'NIST.800.53.R5-S3BucketReplicationEnabled': 'A trust store is made again from its declaration and its private CAs by a deployment; the gateway keeps its own copy of the one in use.',
    'NIST.800.53.R5-S3DefaultEncryptionKMS': 'It holds certificates, which are public, and is encrypted with keys of S3; a customer key would be one more thing that can keep the gateway from reading its trust store.',
  });
  return bucket;
}

/**
 * Whatever a role of the account is granted: whom the gateway trusts is written by the function alone, and nobody ends a version.
 *
 * Versioning and lifecycle stay CloudFormation's to set, from a template that is reviewed.
 */
function reserve(bucket: Bucket, writer: IRole): void {
  bucket.addToResourcePolicy(new PolicyStatement({
    sid: 'WrittenByItsFunctionOnly', effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')],
    conditions: { ArnNotEquals: { 'aws:PrincipalArn': [writer.roleArn] } },
  }));
  const everybody = { effect: Effect.DENY, principals: [new AnyPrincipal()] };
  bucket.addToResourcePolicy(new PolicyStatement({ ...everybody, sid: 'VersionsNeverEnd', actions: VERSION_ENDS, resources: [bucket.arnForObjects('*')] }));
  bucket.addToResourcePolicy(new PolicyStatement({ ...everybody, sid: 'KeepsVersions', actions: ['s3:PutBucketVersioning', 's3:PutLifecycleConfiguration'], resources: [bucket.bucketArn], conditions: notCloudFormation(bucket) }));
}

/** Region-wide name of the trust store's object, as the gateway takes it. */
export function trustStoreUri({ bucketName }: TrustStoreVersion): string {
  return `s3://${bucketName}/${TRUST_STORE_OBJECT.bundle}`;
}
