import { CredentialScope, encoded, queryText, requestSignature, sha256 } from '../../runtime/signature-v4';

// The worked examples of the Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const SCOPE = new CredentialScope(Date.UTC(2013, 4, 24), 'us-east-1', 's3');

test('signs a request in its header as the reference does', () => {
  const empty = sha256('');
  const request = { method: 'GET', path: '/test.txt', query: {}, payload: empty, headers: { host: 'examplebucket.s3.amazonaws.com', range: 'bytes=0-9', 'x-amz-content-sha256': empty, 'x-amz-date': SCOPE.time } };
  expect(requestSignature(CREDENTIALS, SCOPE, request)).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
});

test('signs a link in its query as the reference does', () => {
  const query = { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Credential': `${CREDENTIALS.accessKeyId}/${SCOPE.text}`, 'X-Amz-Date': SCOPE.time, 'X-Amz-Expires': '86400', 'X-Amz-SignedHeaders': 'host' };
  const request = { method: 'GET', path: '/test.txt', query, payload: 'UNSIGNED-PAYLOAD', headers: { host: 'examplebucket.s3.amazonaws.com' } };
  expect(requestSignature(CREDENTIALS, SCOPE, request)).toBe('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
});

test('encodes what encodeURIComponent leaves, and sorts', () => {
  expect(encoded("a!'()*/~")).toBe('a%21%27%28%29%2A%2F~');
  expect(queryText({ b: '2', a: '1 /' })).toBe('a=1%20%2F&b=2');
});
