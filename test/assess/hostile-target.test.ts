import { setTimeout } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type RequestListener } from 'node:http';
import type { AssessmentCase, RequestProbe } from '../../assess/assessment-case';
import type { AssessedDomain } from '../../assess/assessed-environment';
import { shortcomings } from '../../assess/expectation';
import { httpsExchange } from '../../assess/https-exchange';
import { Pace } from '../../assess/pace';
import { Prober } from '../../assess/prober';
import { quotable } from '../../assess/quotable';
import type { Endpoint, Target } from '../../assess/target';

const TOKEN = `${'h'.repeat(20)}.${'p'.repeat(20)}.${'s'.repeat(20)}`;
const API_KEY = 'the-key-of-acme';

async function withServer<T>(listener: RequestListener, use: (endpoint: Endpoint) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  try {
    return await use({ address: '127.0.0.1', port: (server.address() as AddressInfo).port, hostName: 'api.test.bank.example' });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function outcome(endpoint: Endpoint, probe: Partial<RequestProbe>): ReturnType<Prober['outcome']> {
  const target: Target = { name: 'hostile', endpoint: () => endpoint, clients: () => ['acme'], certificate: () => undefined, apiKey: () => API_KEY, token: async () => TOKEN };
  const domain = { securityDomain: 'public', mutualTls: false } as AssessedDomain;
  const full = { kind: 'request', method: 'GET', path: '/', plain: true, token: { client: 'acme', scopes: [] }, expected: { status: [403] }, ...probe };
  return new Prober(target, [domain], new Pace(1000)).outcome({ domain: 'public', probe: full } as unknown as AssessmentCase);
}

test('reports nothing of the credentials that a target sends back, whole or in part', async () => {
  const got = await withServer(({ headers }, response) => {
    response.setHeader('server', `${headers.authorization} ${headers.authorization?.split('.')[2]}`);
    response.setHeader('x-powered-by', String(headers['x-api-key']));
    response.end();
  }, (endpoint) => outcome(endpoint, { expected: { status: [403], headers: [{ name: 'server', is: 'absent' }, { name: 'x-powered-by', is: 'absent' }] } }));
  expect(got).toEqual({ state: 'failed', got: 'status 200; server: (credential) (credential); x-powered-by: (credential)' });
});

test('reports one short line of what a target says, without what a terminal would obey', async () => {
  const got = await withServer((_request, response) => { response.setHeader('server', `\u009b31m${'x'.repeat(9000)}`); response.end(); },
    (endpoint) => outcome(endpoint, { expected: { status: [200], headers: [{ name: 'server', is: 'absent' }] } }));
  expect(got.got).toMatch(/^server: \?31mx{200,300}…$/);
  expect(quotable('a\u001b[2J\nb\u202ec')).toBe('a?[2J?b?c');
});

test('waits for no target that sends a byte now and then, and takes it for nobody', async () => {
  const started = performance.now();
  const drip: RequestListener = async (_request, response) => { while (!response.destroyed) { response.write('x'); await setTimeout(20); } };
  const answer = withServer(drip, (endpoint) => httpsExchange({ endpoint, method: 'GET', path: '/', headers: {}, plain: true, deadlineMilliseconds: 300 }));
  await expect(answer).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  expect(performance.now() - started).toBeLessThan(3000);
});

test.each([['lines', '\n'.repeat(65_536)], ['numbers', `\n at ${':1'.repeat(32_000)}x`], ['long numbers', `\n at ${`:${'1'.repeat(200)}`.repeat(320)}`], ['lines of a trace', '\n at x'.repeat(9000)]])('does not look for long into a body of %s', (_, body) => {
  const started = performance.now();
  shortcomings({ status: [400], discreet: true }, { status: 400, headers: {}, body });
  expect(performance.now() - started).toBeLessThan(500);
});
