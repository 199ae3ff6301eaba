import { STAGE_NAME } from '../../contract/stage-variable';
import type { Check } from '../check';
import { EVERYBODY } from './private-access';

const BUCKET = 'AWS::S3::Bucket';
const LOG_GROUP = 'AWS::Logs::LogGroup';

/** How event logs are kept. */
export const LOG_CHECKS: readonly Check[] = [
  {
    id: 'archive-write-once',
    shows: 'The log archive is versioned and locked: a record can be neither changed nor deleted before its time.',
    types: [BUCKET], that: [{ path: 'ObjectLockEnabled', equals: true }, { path: 'VersioningConfiguration.Status', equals: 'Enabled' }], quantifier: 'some',
  },
  {
    id: 'buckets-encrypted',
    shows: 'Every bucket is encrypted.',
    types: [BUCKET],
    that: [{ path: 'BucketEncryption.ServerSideEncryptionConfiguration', someItem: [{ path: 'ServerSideEncryptionByDefault.SSEAlgorithm', oneOf: ['aws:kms', 'aws:kms:dsse', 'AES256'] }] }],
    quantifier: 'every',
  },
  {
    id: 'archive-encrypted',
    shows: 'The log archive is encrypted with a key of the environment.',
    types: [BUCKET], where: [{ path: 'ObjectLockEnabled', equals: true }],
    that: [{ path: 'BucketEncryption.ServerSideEncryptionConfiguration', someItem: [{ path: 'ServerSideEncryptionByDefault.SSEAlgorithm', equals: 'aws:kms' }] }],
    quantifier: 'every',
  },
  {
    id: 'buckets-private',
    shows: 'No bucket can be made public.',
    types: [BUCKET],
    that: [{ path: 'PublicAccessBlockConfiguration', everyItem: [{ path: '', equals: true }] }, { path: 'PublicAccessBlockConfiguration.RestrictPublicBuckets', equals: true }],
    quantifier: 'every',
  },
  {
    id: 'buckets-tls-only',
    shows: 'Every bucket has a bucket policy.',
    types: [BUCKET], that: [{ path: '', referencedBy: { type: 'AWS::S3::BucketPolicy', path: 'Bucket' } }], quantifier: 'every',
  },
  {
    id: 'bucket-policies-deny-plain-http',
    shows: 'Every bucket policy denies access without TLS.',
    types: ['AWS::S3::BucketPolicy'],
    that: [{
      path: 'PolicyDocument.Statement', someItem: [
        { path: 'Effect', equals: 'Deny' }, EVERYBODY, { path: 'Action', equals: 's3:*' },
        { path: 'Condition', only: ['Bool'] }, { path: 'Condition.Bool', only: ['aws:SecureTransport'] }, { path: 'Condition.Bool.aws:SecureTransport', equals: 'false' },
      ],
    }],
    quantifier: 'every',
  },
  {
    id: 'log-groups-encrypted',
    shows: 'Every log group is encrypted with a key of the environment.',
    types: [LOG_GROUP], that: [{ path: 'KmsKeyId', exists: true }], quantifier: 'every',
  },
  {
    id: 'log-groups-outlive-stack',
    shows: 'Log groups are kept when their stack is deleted.',
    types: [LOG_GROUP], that: [{ path: '$deletionPolicy', oneOf: ['Retain', 'RetainExceptOnCreate'] }], quantifier: 'every',
  },
  {
    id: 'flow-logs-archived',
    shows: 'VPC flow logs go to the archive.',
    types: ['AWS::EC2::FlowLog'], that: [{ path: 'LogDestinationType', equals: 's3' }, { path: 'LogDestination', exists: true }], quantifier: 'every',
  },
  {
    id: 'archive-locked-12-months',
    shows: 'Nobody, the account owner included, can change or delete an archived record for at least 12 months.',
    types: [BUCKET], where: [{ path: 'ObjectLockEnabled', equals: true }],
    that: [
      { path: 'ObjectLockConfiguration.Rule.DefaultRetention.Mode', equals: 'COMPLIANCE' },
      { path: 'ObjectLockConfiguration.Rule.DefaultRetention.Days', atLeast: 365 },
    ],
    quantifier: 'every',
  },
  {
    id: 'log-groups-kept-12-months',
    shows: 'Every log group is searchable for at least 12 months.',
    types: [LOG_GROUP], that: [{ path: 'RetentionInDays', atLeast: 365 }], quantifier: 'every',
  },
  {
    id: 'execution-logs-declared',
    shows: 'The log group that the gateway writes execution errors to is declared, with a key and at least 12 months of retention, before the gateway makes one of its own.',
    types: ['AWS::ApiGateway::Stage'],
    where: [{ path: 'MethodSettings', someItem: [{ path: 'LoggingLevel', matches: '^(?!OFF$)' }] }],
    that: [
      { path: 'StageName', equals: STAGE_NAME },
      {
        path: 'RestApiId', refersTo: [{
          path: '', referencedBy: {
            type: LOG_GROUP, path: 'LogGroupName',
            that: [
              { path: 'LogGroupName', matches: `^\\{"Fn::Join":\\["",\\["API-Gateway-Execution-Logs_",\\{"Ref":"[A-Za-z0-9]+"\\},"/${STAGE_NAME}"\\]\\]\\}$` },
              { path: 'KmsKeyId', exists: true },
              { path: 'RetentionInDays', atLeast: 365 },
            ],
          },
        }],
      },
    ],
    quantifier: 'every',
  },
];
