import type { IncomingMessage } from 'node:http';
import { checkedResponseUrl, sendAnswer } from '../../../lambda/trust-store/response-url';
import { loopbackServer } from '../../../local/loopback-server';

const ANSWER = { Status: 'SUCCESS', PhysicalResourceId: 'trust-store.pem', StackId: 'stack', RequestId: '1', LogicalResourceId: 'Stored', Data: { BundleVersion: 'v1' } } as const;

async function sent(status: number): Promise<{ readonly request?: IncomingMessage; readonly body: string; readonly fault?: string }> {
  let [request, body] = [undefined as IncomingMessage | undefined, ''];
  const server = await loopbackServer(async (incoming, response) => {
    request = incoming;
    for await (const chunk of incoming) body += String(chunk);
    response.writeHead(status).end();
  });
  const fault = await sendAnswer(new URL(`http://127.0.0.1:${server.port}/answer?signature=1`), ANSWER).then(() => undefined, (error: Error) => error.message);
  await server.close();
  return { request, body, fault };
}

test('puts the answer to its URL, without a content type, which the URL is not signed for', async () => {
  const { request, body, fault } = await sent(200);
  expect([request?.method, request?.url, request?.headers['content-type'], fault]).toEqual(['PUT', '/answer?signature=1', '', undefined]);
  expect(JSON.parse(body)).toEqual(ANSWER);
});

test('fails where the answer was not taken, so that the event comes again', async () => {
  expect((await sent(403)).fault).toBe('the response URL answers 403');
  await expect(sendAnswer(new URL('http://127.0.0.1:1/'), ANSWER)).rejects.toThrow('the response URL: ECONNREFUSED');
});

const AWS_URL = 'https://cloudformation-custom-resource-response-apsoutheast2.s3-ap-southeast-2.amazonaws.com/arn?X-Amz-Signature=1';

test.each([AWS_URL, 'https://cloudformation-custom-resource-response-cnnorth1.s3.cn-north-1.amazonaws.com.cn/arn'])('takes %s', (url) => {
  expect(checkedResponseUrl(url, {}).href).toBe(url);
});

test.each([
  'http://example.com/', 'https://example.com/', 'https://amazonaws.com.example/', 'https://s3.xamazonaws.com/', 'https://s3.amazonaws.com@example.com/', 'https://bucket.s3.amazonaws.com:8443/',
  AWS_URL.replace('https', 'http'), 'http://127.0.0.1:1/', 'https://localhost/', 'http://169.254.169.254/',
])('connects to nothing like %s', (url) => {
  expect(() => checkedResponseUrl(url, {})).toThrow('https URL of S3');
});

test('takes a URL of this machine only where S3 is on it', () => {
  const local = { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:2' };
  expect(checkedResponseUrl('http://127.0.0.1:1/', local).port).toBe('1');
  expect(() => checkedResponseUrl('http://127.0.0.1:1/', { AWS_ENDPOINT_URL_S3: 'https://bucket.vpce.amazonaws.com' })).toThrow('https URL of S3');
  expect(() => checkedResponseUrl('http://example.com/', local)).toThrow('https URL of S3');
});
