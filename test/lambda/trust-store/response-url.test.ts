import type { IncomingMessage } from 'node:http';
import { sendAnswer } from '../../../lambda/trust-store/response-url';
import { loopbackServer } from '../../../local/loopback-server';

const ANSWER = { Status: 'SUCCESS', PhysicalResourceId: 'trust-store.pem', StackId: 'stack', RequestId: '1', LogicalResourceId: 'Stored', Data: { BundleVersion: 'v1' } } as const;

async function sent(status: number): Promise<{ readonly request?: IncomingMessage; readonly body: string; readonly fault?: string }> {
  let [request, body] = [undefined as IncomingMessage | undefined, ''];
  const server = await loopbackServer(async (incoming, response) => {
    request = incoming;
    for await (const chunk of incoming) body += String(chunk);
    response.writeHead(status).end();
  });
  const fault = await sendAnswer(`http://127.0.0.1:${server.port}/answer?signature=1`, ANSWER).then(() => undefined, (error: Error) => error.message);
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
  await expect(sendAnswer('http://127.0.0.1:1/', ANSWER)).rejects.toThrow('the response URL: ECONNREFUSED');
});

test('sends nothing in the clear', () => {
  expect(() => sendAnswer('http://example.com/', ANSWER)).toThrow('https');
});
