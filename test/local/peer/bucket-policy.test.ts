import { assertEmulated, isDenied, type BucketStatement } from '../../../local/peer/bucket-policy';

const OLD_TLS: BucketStatement = { Effect: 'Deny', Action: 's3:*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } };

test('compares numbers as numbers, whether they are written so or not', () => {
  expect([isDenied([OLD_TLS], 's3:GetObject', { 's3:TlsVersion': '1.1' }), isDenied([OLD_TLS], 's3:GetObject', { 's3:TlsVersion': '1.3' })]).toEqual([true, false]);
});

test('takes an absent key for different, and for nothing else', () => {
  const others: BucketStatement = { Effect: 'Deny', Action: ['s3:PutObject'], Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['role'] } } };
  expect([isDenied([others], 's3:PutObject', {}), isDenied([others], 's3:PutObject', { 'aws:PrincipalArn': 'role' }), isDenied([others], 's3:GetObject', {})]).toEqual([true, false, false]);
  expect(isDenied([OLD_TLS], 's3:GetObject', {})).toBe(false);
});

test('exempts CloudFormation, by the calls that it forwards and by its role', () => {
  const others: BucketStatement = { Effect: 'Deny', Action: 's3:PutBucketVersioning', Condition: { 'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' }, ArnNotLike: { 'aws:PrincipalArn': 'exec' } } };
  const denied = (facts: Record<string, string>): boolean => isDenied([others], 's3:PutBucketVersioning', facts);
  expect([denied({}), denied({ 'aws:PrincipalArn': 'other' }), denied({ 'aws:CalledVia': 'cloudformation.amazonaws.com' }), denied({ 'aws:PrincipalArn': 'exec' })]).toEqual([true, true, false, false]);
});

test('asks for every condition of a statement at once', () => {
  const both: BucketStatement = { Effect: 'Deny', Action: 's3:GetObject', Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['scanner'] }, StringNotEquals: { 's3:ExistingObjectTag/Status': 'CLEAN' } } };
  expect([isDenied([both], 's3:GetObject', { 'aws:PrincipalArn': 'scanner' }), isDenied([both], 's3:GetObject', { 's3:ExistingObjectTag/Status': 'CLEAN' }), isDenied([both], 's3:GetObject', {})]).toEqual([false, false, true]);
});

const ELSEWHERE: BucketStatement = { Effect: 'Deny', Action: 's3:*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };

test('refuses a policy by an operator that it does not know, before any request needs it', () => {
  const refusal = 'LOCAL_BUCKET_POLICY: a condition operator of a bucket policy is emulated, got IpAddress; write one of Bool, StringNotEquals, ArnNotEquals, ArnNotLike, ForAllValues:StringNotEquals, NumericGreaterThan, NumericLessThan';
  expect(() => { assertEmulated([OLD_TLS, ELSEWHERE]); }).toThrow(refusal);
  expect(() => isDenied([ELSEWHERE], 's3:GetObject', {})).toThrow(refusal);
  expect(() => { assertEmulated([OLD_TLS, { ...ELSEWHERE, Effect: 'Allow' }]); }).not.toThrow();
});
