import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a local service answers to an operation. */
export interface AwsJsonAnswer {
  readonly status: number;
  readonly body: object;
}

/** One HTTP exchange of an AWS JSON protocol: the operation is in a header, its input and output are JSON. Signatures are not checked. */
export async function awsJsonExchange(
  request: IncomingMessage, response: ServerResponse, protocol: '1.0' | '1.1', answer: (target: string, text: string) => AwsJsonAnswer,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { status, body } = answer(String(request.headers['x-amz-target'] ?? ''), Buffer.concat(chunks).toString());
  response.writeHead(status, { 'content-type': `application/x-amz-json-${protocol}`, 'x-amzn-RequestId': randomUUID() }).end(JSON.stringify(body));
}
