import { Match } from 'aws-cdk-lib/assertions';
import { RegionalEndpoint, TrustStore, TrustStoreMember } from '../../../lib';
import { PRIVATE_AUTHORITY, trustStoreWithPrivateAuthority } from '../../fixtures/private-authority';
import { certificateFile, testEnvironment } from '../../fixtures/declaration';
import { StampedEnvironment } from '../../fixtures/environment-stage';
import { refusalOf } from '../../fixtures/refusal';
import { TestStack } from '../../fixtures/test-stack';
import { readFileSync } from 'fs';

const stamped = new StampedEnvironment({ environment: testEnvironment({ partnerTrustStore: trustStoreWithPrivateAuthority() }) });
const template = stamped.template('Partner');
const [storeId] = Object.keys(template.findResources('Custom::StoredTrustStore'));
const attribute = (name: string) => ({ 'Fn::GetAtt': [storeId, name] });
const statements = (): { Action: string | string[]; Resource: unknown; Effect: string }[] => Object.values(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(({ Properties }) => (Properties as { PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown; Effect: string }[] } }).PolicyDocument.Statement);

test('stores what was declared: files as they are, private CAs to be read', () => {
  template.hasResourceProperties('Custom::StoredTrustStore', {
    ServiceTimeout: '300',
    Partners: {
      acme: { Files: [], PrivateAuthorities: [PRIVATE_AUTHORITY], Revisions: [''] },
      globex: { Files: [readFileSync(certificateFile('ec-256'), 'utf8').trim()], PrivateAuthorities: [], Revisions: [] },
    },
  });
});

test('names the revision of each private CA at its place', () => {
  const other = PRIVATE_AUTHORITY.replace('/1', '/2');
  const store = TrustStore.of({ acme: [TrustStoreMember.fromPem(certificateFile('ec-256')), TrustStoreMember.privateCertificateAuthority(PRIVATE_AUTHORITY), TrustStoreMember.privateCertificateAuthority(other, { revision: '2' })] });
  expect([store.privateAuthoritiesOf('acme'), store.privateRevisionsOf('acme')]).toEqual([[PRIVATE_AUTHORITY, other], ['', '2']]);
});

test('holds the domain name and the authorizer to the version that this deployment stored', () => {
  template.hasResourceProperties('AWS::ApiGateway::DomainName', { MutualTlsAuthentication: { TruststoreUri: { 'Fn::Join': ['', ['s3://', Match.anyValue(), '/trust-store.pem']] }, TruststoreVersion: attribute('BundleVersion') } });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { STORED_AUTHORITIES: { 'Fn::Join': ['', [Match.anyValue(), '/', attribute('AuthoritiesVersion')]] } } } });
});

test('has private CAs read again by a deployment with another revision, and by no other', () => {
  const resource = (revision?: string): object => new StampedEnvironment({ environment: testEnvironment({ partnerTrustStore: trustStoreWithPrivateAuthority(revision) }) }).template('Partner').findResources('Custom::StoredTrustStore');
  expect(resource()).toEqual(template.findResources('Custom::StoredTrustStore'));
  const [stored] = Object.values(resource('2027-03')) as { readonly Properties: { readonly Partners: { readonly acme: object } } }[];
  expect(stored?.Properties.Partners.acme).toEqual({ Files: [], PrivateAuthorities: [PRIVATE_AUTHORITY], Revisions: ['2027-03'] });
});

test('permits to read that CA, to write the two objects, and to read one of them', () => {
  const own = statements().filter(({ Action }) => /acm-pca|s3:/.test(String(Action)));
  // One reads versions for the authorizer, the other for the function itself.
  expect(own.flatMap(({ Action }) => Action).sort()).toEqual(['acm-pca:GetCertificateAuthorityCertificate', 's3:GetObject', 's3:GetObjectVersion', 's3:GetObjectVersion', 's3:PutObject']);
  expect(own.find(({ Action }) => String(Action).startsWith('acm-pca'))?.Resource).toBe(PRIVATE_AUTHORITY);
  expect(JSON.stringify(own.filter(({ Action }) => String(Action).startsWith('s3:')))).not.toMatch(/\*/);
});

test('keeps every version, over TLS only, and lets nobody but the function write one', () => {
  template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain', Properties: { VersioningConfiguration: { Status: 'Enabled' }, LifecycleConfiguration: Match.absent() } });
  template.hasResourceProperties('AWS::S3::BucketPolicy', { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Action: 's3:PutObject', Principal: { AWS: '*' }, Condition: { ArnNotEquals: { 'aws:PrincipalArn': [Match.objectLike({ 'Fn::GetAtt': [Match.stringLikeRegexp('^TrustStoreHandlerRole'), 'Arn'] })] } } })]) } });
});

test('lets nobody delete a version or replicate into the bucket, and nobody but CloudFormation say how long versions stay', () => {
  const denied = (properties: object) => template.hasResourceProperties('AWS::S3::BucketPolicy', { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Principal: { AWS: '*' }, ...properties })]) } });
  denied({ Action: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ReplicateDelete', 's3:ReplicateObject'], Resource: { 'Fn::Join': ['', [Match.anyValue(), '/*']] }, Condition: Match.absent() });
  denied({ Action: ['s3:PutBucketVersioning', 's3:PutLifecycleConfiguration'], Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^TrustStoreBucket'), 'Arn'] }, Condition: { 'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } } });
});

test('compares what is stored with the private CAs every six hours', () => {
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(6 hours)', Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^TrustStoreHandlerFunction'), 'Arn'] } })] });
});

test('alarms before a stored certificate ends, where nobody knows when, and where a CA has another', () => {
  const alarms = stamped.template('Alarms');
  const dimensions = [{ Name: 'Environment', Value: 'Test' }, { Name: 'Partner', Value: 'acme' }];
  alarms.hasResourceProperties('AWS::CloudWatch::Alarm', { Namespace: 'ApiSecurity', MetricName: 'AuthorityDaysLeft', Dimensions: dimensions, Statistic: 'Minimum', Period: 86_400, Threshold: 30, ComparisonOperator: 'LessThanOrEqualToThreshold', TreatMissingData: 'breaching', AlarmActions: Match.anyValue() });
  alarms.hasResourceProperties('AWS::CloudWatch::Alarm', { Namespace: 'ApiSecurity', MetricName: 'AuthoritiesChanged', Dimensions: dimensions, Statistic: 'Maximum', Threshold: 1, TreatMissingData: 'notBreaching', AlarmActions: Match.anyValue() });
  alarms.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'AuthorityDaysLeft' }, 1);
  alarms.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmDescription: Match.stringLikeRegexp('authority of partner globex') });
});

test('has nothing of it where all authorities came in files', () => {
  const plain = new StampedEnvironment().template('Partner');
  plain.resourceCountIs('Custom::StoredTrustStore', 0);
  plain.resourceCountIs('AWS::S3::Bucket', 0);
});

test('refuses to publish with the template what is known at deployment only', () => {
  expect(refusalOf(() => new RegionalEndpoint(new TestStack(), 'Endpoint', { domainName: 'partner.test.bank.example', trustStore: trustStoreWithPrivateAuthority() }))).toBe(
    'PRIVATE_AUTHORITY: a private CA is named by its ARN, in the partition of its environment, got private CAs for partner.test.bank.example, whose certificates are known at deployment only; write storedTrustStore: new StoredTrustStore(…).version',
  );
});
