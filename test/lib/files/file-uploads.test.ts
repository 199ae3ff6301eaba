import { Size } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { BackendFunction, FileType, FileUploads, FileUploadsProps } from '../../../lib';
import { TestStack } from '../../fixtures/test-stack';

interface Statement { readonly Sid?: string; readonly Effect: string; readonly Action: unknown; readonly Condition?: unknown }

function stamped(props: Partial<FileUploadsProps> = {}): { readonly template: Template; readonly uploads: FileUploads } {
  const stack = new TestStack();
  const { vpc } = stack.network();
  const environment = { vpc, key: stack.key, trustDomain: 'bank.example', trustIssuer: 'https://internal.bank.example', servesKeysInside: true };
  const uploads = new FileUploads(stack, 'Files', { environment, service: 'documents', types: [FileType.PDF, FileType.PNG.upTo(Size.mebibytes(1))], alarmTopic: Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:ap-southeast-2:222222222222:alarms'), ...props });
  const backend = new BackendFunction(stack, 'Backend', { environment, functionName: 'documents', code: Code.fromInline('exports.handler = async () => undefined'), group: 'lending', service: 'documents' });
  uploads.grantUse(backend.function);
  return { template: Template.fromStack(stack), uploads };
}

const { template } = stamped();

function bucketPolicy(part: string): Statement[] {
  const [policy] = Object.entries(template.findResources('AWS::S3::BucketPolicy')).filter(([id]) => id.startsWith(`Files${part}`));
  return (policy?.[1] as { Properties: { PolicyDocument: { Statement: Statement[] } } }).Properties.PolicyDocument.Statement;
}

function statement(part: string, sid: string): Statement | undefined {
  return bucketPolicy(part).find(({ Sid }) => Sid === sid);
}

const ROLE = (id: string) => ({ 'Fn::GetAtt': [expect.stringMatching(`^Files${id}`), 'Arn'] });

test('denies everybody but scanner and release to read what is in quarantine', () => {
  expect(statement('Quarantine', 'ReadByScannerAndReleaseOnly')).toMatchObject({
    Effect: 'Deny', Principal: { AWS: '*' }, Action: ['s3:GetObject', 's3:GetObjectVersion'],
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': [ROLE('ScannerRole'), ROLE('ReleaseHandlerRole')] } },
  });
});

test('denies the release as well to read what has not been found clean', () => {
  expect(statement('Quarantine', 'ReadOnlyWithoutThreats')).toMatchObject({
    Effect: 'Deny', Principal: { AWS: '*' },
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': [ROLE('ScannerRole')] }, StringNotEquals: { 's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND' } },
  });
});

test('denies everybody but the scanner to write tags', () => {
  expect(statement('Quarantine', 'TaggedByScannerOnly')).toMatchObject({ Effect: 'Deny', Condition: { ArnNotEquals: { 'aws:PrincipalArn': [ROLE('ScannerRole')] } } });
});

test('denies uploads other than by a signed form', () => {
  expect(statement('Quarantine', 'UploadedByFormOnly')).toMatchObject({ Effect: 'Deny', Action: 's3:PutObject', Condition: { StringNotEquals: { 's3:authType': 'POST' } } });
});

test('denies everybody but the release to put a file where it can be read', () => {
  expect(statement('Released', 'WrittenByReleaseOnly')).toMatchObject({ Effect: 'Deny', Action: 's3:PutObject', Condition: { ArnNotEquals: { 'aws:PrincipalArn': [ROLE('ReleaseHandlerRole')] } } });
});

test('lets GuardDuty use the role of the scanner, for this account wherever it says for whom', () => {
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'malware-protection-plan.guardduty.amazonaws.com' }, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '222222222222' } } }] },
  });
});

test('scans and tags every upload of the quarantine bucket, once its policies are there', () => {
  template.hasResource('AWS::GuardDuty::MalwareProtectionPlan', {
    Properties: { Actions: { Tagging: { Status: 'ENABLED' } }, ProtectedResource: { S3Bucket: { BucketName: { Ref: Match.stringLikeRegexp('^FilesQuarantine') }, ObjectPrefixes: Match.absent() } } },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^FilesQuarantineBucketPolicy'), Match.stringLikeRegexp('^FilesScannerPolicy')]),
  });
});

test('makes both buckets private, encrypted and versioned, and lets uploads expire', () => {
  const buckets = Object.entries(template.findResources('AWS::S3::Bucket')).filter(([id]) => id.startsWith('Files'));
  expect(buckets).toHaveLength(2);
  for (const [, { Properties }] of buckets) {
    expect(Properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect((Properties as object)).not.toHaveProperty('CorsConfiguration');
  }
  expect(buckets.find(([id]) => id.startsWith('FilesQuarantine'))?.[1]).toMatchObject({ Properties: {
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  } });
});

test('invokes the release for results of its own plan, bucket and service, and keeps what it failed on', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.guardduty'], 'detail-type': ['GuardDuty Malware Protection Object Scan Result'],
      resources: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^FilesScannerPlan'), 'Arn'] }],
      detail: { s3ObjectDetails: { bucketName: [{ Ref: Match.stringLikeRegexp('^FilesQuarantine') }], objectKey: [{ prefix: 'documents/' }] } },
    },
    Targets: [Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() } })],
  });
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FilesReleaseFailures'), 'Arn'] } } } });
});

test('lets the release read versions, which a later upload does not change', () => {
  const policies = JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'));
  expect(policies).toContain('["s3:GetObjectVersion","s3:DeleteObjectVersion"]');
});

test('alarms when malware is found, a scan or a release fails, and many contents are refused', () => {
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties as { AlarmDescription: string; AlarmActions: unknown; MetricName: string });
  expect(alarms.map(({ AlarmDescription }) => /Runbook: (\w+)/.exec(AlarmDescription)?.[1]).sort()).toEqual(['FileRefusedSurge', 'FileReleaseFailed', 'FileScanFailed', 'MalwareFound']);
  for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual(['arn:aws:sns:ap-southeast-2:222222222222:alarms']);
});

test('lets the service sign uploads and downloads of its own files, and read nothing in quarantine', () => {
  const [, granted] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).find(([id]) => id.startsWith('BackendGrants')) ?? [];
  const statements = (granted as { Properties: { PolicyDocument: { Statement: Statement[] } } }).Properties.PolicyDocument.Statement;
  expect(statements.map(({ Action }) => Action)).toEqual(['s3:PutObject', ['s3:GetObject', 's3:DeleteObject'], ['kms:Decrypt', 'kms:GenerateDataKey']]);
  template.hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'documents', Environment: { Variables: Match.objectLike({ FILE_TYPES: 'application/pdf=10485760 image/png=1048576', FILE_SERVICE: 'documents' }) } });
});

test('lets scripts of named origins upload and download', () => {
  const open = stamped({ browserOrigins: ['https://www.bank.example'] }).template;
  open.hasResourceProperties('AWS::S3::Bucket', { CorsConfiguration: { CorsRules: [Match.objectLike({ AllowedMethods: ['POST'], AllowedOrigins: ['https://www.bank.example'] })] } });
  open.hasResourceProperties('AWS::S3::Bucket', { CorsConfiguration: { CorsRules: [Match.objectLike({ AllowedMethods: ['GET'] })] } });
});
