import { FILE_UPLOADS_ENVIRONMENT } from '../../contract/file-uploads';
import { SCAN_EVENTS, SCAN_TAG } from '../../contract/malware-scan';
import type { Check, Declaration } from '../check';
import type { Condition } from '../condition';
import { EVERYBODY } from './private-access';

const FUNCTION = 'AWS::Lambda::Function';
const BUCKET = 'AWS::S3::Bucket';
const BUCKET_POLICY = 'AWS::S3::BucketPolicy';

/** A service that takes files owes all of this. */
const TAKES_FILES: Declaration = { type: FUNCTION, where: [{ path: variable(FILE_UPLOADS_ENVIRONMENT.quarantineBucket), exists: true }] };

const QUARANTINE: Condition = { path: '', referencedBy: { type: FUNCTION, path: variable(FILE_UPLOADS_ENVIRONMENT.quarantineBucket) } };
const RELEASED: Condition = { path: '', referencedBy: { type: FUNCTION, path: variable(FILE_UPLOADS_ENVIRONMENT.releasedBucket) } };

function variable(name: string): string {
  return `Environment.Variables.${name}`;
}

/** Every object of a bucket of the same stack. */
const EVERY_OBJECT = '^\\{"Fn::Join":\\["",\\[\\{"Fn::GetAtt":\\["[A-Za-z0-9]+","Arn"\\]\\},"/\\*"\\]\\]\\}$';

/** A statement that denies an action to everybody but named roles of the environment, under nothing else than `also`. */
function reserves(actions: readonly Condition[], ...also: readonly Condition[]): Condition {
  return {
    path: 'PolicyDocument.Statement', someItem: [
      { path: 'Effect', equals: 'Deny' },
      EVERYBODY,
      ...actions,
      { path: 'Resource', matches: EVERY_OBJECT },
      { path: 'Condition', only: ['ArnNotEquals', ...also.length === 0 ? [] : ['StringNotEquals']] },
      { path: 'Condition.ArnNotEquals', only: ['aws:PrincipalArn'] },
      { path: 'Condition.ArnNotEquals.aws:PrincipalArn', everyItem: [{ path: '', refersTo: [{ path: '$type', equals: 'AWS::IAM::Role' }] }] },
      ...also,
    ],
  };
}

const READS: readonly Condition[] = [{ path: 'Action', contains: 's3:GetObject' }, { path: 'Action', contains: 's3:GetObjectVersion' }];

/** How files that callers upload are kept from readers until they were scanned and checked. */
export const FILE_CHECKS: readonly Check[] = [
  {
    id: 'file-quarantine-scanned',
    shows: 'Everything that is uploaded to a quarantine bucket is scanned for malware, and tagged with the result.',
    types: [BUCKET], where: [QUARANTINE],
    that: [{
      path: '', referencedBy: {
        type: 'AWS::GuardDuty::MalwareProtectionPlan', path: 'ProtectedResource.S3Bucket.BucketName',
        that: [{ path: 'Actions.Tagging.Status', equals: 'ENABLED' }, { path: 'ProtectedResource.S3Bucket.ObjectPrefixes', exists: false }],
      },
    }],
    quantifier: 'every', declaredBy: TAKES_FILES,
  },
  {
    id: 'file-quarantine-closed',
    shows: 'Nobody but the scanner and the release can read a quarantine bucket, the release only versions that were found free of threats, and nobody but the scanner can say so.',
    types: [BUCKET_POLICY], where: [{ path: 'Bucket', refersTo: [QUARANTINE] }],
    that: [
      reserves(READS),
      reserves(READS, { path: 'Condition.StringNotEquals', only: [`s3:ExistingObjectTag/${SCAN_TAG.key}`] }, { path: `Condition.StringNotEquals.s3:ExistingObjectTag/${SCAN_TAG.key}`, equals: SCAN_TAG.clean }),
      reserves([{ path: 'Action', contains: 's3:PutObjectTagging' }, { path: 'Action', contains: 's3:PutObjectVersionTagging' }]),
    ],
    quantifier: 'every', declaredBy: TAKES_FILES,
  },
  {
    id: 'file-release-by-content',
    shows: 'The result of each scan goes to a function that checks a file to be of an allowed type, from its first byte to its last, before it releases it.',
    types: ['AWS::Events::Rule'], where: [{ path: 'EventPattern.detail-type', contains: SCAN_EVENTS.result }],
    that: [
      { path: 'State', equals: 'ENABLED' },
      { path: 'Targets', someItem: [{ path: 'Arn', refersTo: [{ path: variable(FILE_UPLOADS_ENVIRONMENT.types), exists: true }, { path: variable(FILE_UPLOADS_ENVIRONMENT.releasedBucket), exists: true }] }] },
    ],
    quantifier: 'every', declaredBy: TAKES_FILES,
  },
  {
    id: 'file-released-by-release-only',
    shows: 'Nobody but the release can put a file into the bucket that services read.',
    types: [BUCKET_POLICY], where: [{ path: 'Bucket', refersTo: [RELEASED] }],
    that: [reserves([{ path: 'Action', equals: 's3:PutObject' }])],
    quantifier: 'every', declaredBy: TAKES_FILES,
  },
  {
    id: 'alarm-malware',
    shows: 'An alarm tells of malware in an uploaded file.',
    types: ['AWS::CloudWatch::Alarm'], where: [{ path: 'MetricName', equals: 'MalwareFound' }],
    that: [{ path: 'AlarmActions', exists: true }],
    quantifier: 'some', declaredBy: TAKES_FILES,
  },
];
