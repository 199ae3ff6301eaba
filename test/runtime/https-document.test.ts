import type { RequestListener } from 'node:http';
import { httpsDocumentReader } from '../../runtime/https-document';
import { httpsServer } from '../lambda/fixtures/loopback-server';

const BOUNDS = { timeoutMilliseconds: 300, maxBytes: 100 };

async function read(listener: RequestListener, trusted = true): Promise<string> {
  const server = await httpsServer(listener);
  try {
    return (await httpsDocumentReader(BOUNDS, trusted ? { ca: server.ca } : {})(new URL(server.url))).toString();
  } finally {
    await server.close();
  }
}

test('reads a document', async () => {
  expect(await read((_request, response) => response.end('x'.repeat(100)))).toBe('x'.repeat(100));
});

test.each<[string, RequestListener, RegExp]>([
  ['a document that is too large', (_request, response) => response.end('x'.repeat(101)), /too large/],
  ['a status that is not 200', (_request, response) => response.writeHead(500).end('x'), /status 500/],
  ['a redirect', (_request, response) => response.writeHead(302, { location: 'https://localhost/' }).end(), /status 302/],
  ['an answer that does not come', () => undefined, /ABORT_ERR|AbortError|TimeoutError/],
  ['an answer that does not end', (_request, response) => { response.write('x'); }, /ABORT_ERR|AbortError|TimeoutError|aborted|ECONNRESET/],
  ['a connection that breaks', (request) => { request.socket.destroy(); }, /ECONNRESET/],
])('fails on %s', async (_title, listener, fault) => {
  await expect(read(listener)).rejects.toThrow(fault);
});

test('fails on a server that nothing vouches for', async () => {
  await expect(read((_request, response) => response.end('x'), false)).rejects.toThrow(/SELF_SIGNED|UNABLE_TO_VERIFY/);
});

test('fails on a URL that is not https', async () => {
  await expect(httpsDocumentReader()(new URL('http://localhost:1/'))).rejects.toThrow('localhost:1: not https');
});
