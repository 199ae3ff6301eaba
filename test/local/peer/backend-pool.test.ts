import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BackendPool } from '../../../local/peer/backend-pool';

let server: Server;
afterEach(() => { server.closeAllConnections(); });

/** What comes of a request that may take so long to a backend that answers so. */
async function outcome(answer: RequestListener, timeoutMillis: number): Promise<string> {
  server = createServer(answer);
  const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => { resolve((server.address() as AddressInfo).port); }));
  server.unref();
  const surroundings = { overrides: { things: `http://127.0.0.1:${port}/base/` }, settings: {} as never, routes: () => ({}), certificateAuthority: { file: '', certificate: '' }, log: () => undefined };
  try {
    const response = await new BackendPool(surroundings).send({ service: 'things', method: 'GET', url: 'https://things.example/a%2Fb?c', headers: [['x-a', '1']], body: Buffer.alloc(0), timeoutMillis });
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return text;
  } catch (error) {
    return String((error as { code?: string }).code);
  }
}

test('leads a request below the URL that was given for its service, as it is', async () => {
  expect(await outcome(({ url, headers }, response) => response.end(`${url!} ${String(headers['x-a'])}`), 5000)).toBe('/base/a%2Fb?c 1');
});

test('gives up on a backend that says nothing, and on one that never ends', async () => {
  expect(await outcome(() => undefined, 100)).toBe('TIMEOUT');
  expect(await outcome((_, response) => {
    const drops = setInterval(() => response.write('drop'), 20);
    response.once('close', () => { clearInterval(drops); });
  }, 200)).toBe('TIMEOUT');
});
