import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { App, Duration } from 'aws-cdk-lib';
import { Canary, Consumer, Exposure, HoneypotPath, Honeypots, SecurityDomain } from '../../lib';
import { LocalClient } from '../../local/client';
import type { Reply } from '../../local/exchange';
import { startLocalGateway, type LocalGateway } from '../../local/start';
import { apiGroup, apiService, get, post } from '../fixtures/declaration';
import { StampedEnvironment } from '../fixtures/environment-stage';

const OUT = `${__dirname}/../../out/test-local-decoys`;
const ATTACKER = '198.51.100.66';
const VICTIM = '203.0.113.7';
const HONEYPOT = '/customers/export';

let gateway: LocalGateway;
let client: LocalClient;

beforeAll(async () => {
  const stamped = new StampedEnvironment({
    securityDomains: [SecurityDomain.public({
      consumers: [Consumer.system('batch', { clientId: 'nightly-batch' })],
      honeypots: Honeypots.of({ paths: [HoneypotPath.get(HONEYPOT)], canaries: [Canary.client('legacy-batch'), Canary.apiKey('billing-export')], blockFor: Duration.hours(1) }),
    })],
    groups: [apiGroup(apiService({ approvedExposure: [Exposure.PUBLIC], operations: [get('/accounts/{id}'), post('/accounts')] }))],
  });
  const app = (stamped.stage.node.root as App).synth().directory;
  // Two loopback addresses that the gateway takes for others; Linux answers on all of 127.0.0.0/8.
  gateway = await startLocalGateway({ app, environment: 'Test', out: OUT, log: () => undefined, sourceAddresses: { '127.0.0.66': ATTACKER, '127.0.0.7': VICTIM } });
  client = new LocalClient(gateway.endpoints);
}, 60_000);
afterAll(async () => {
  await gateway.close();
  rmSync(OUT, { recursive: true, force: true });
});

const send = (path: string, more: Parameters<LocalClient['send']>[1] | object = {}): Promise<Reply> => client.send('public', { path, ...more });
/** What a caller can tell two answers apart by, their ids and times left out. */
const visible = ({ status, headers, body }: Reply): unknown => ({
  status, body: body.replace(/urn:request:[^"]+/, ''), headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !['date', 'x-amzn-requestid', 'x-amz-apigw-id'].includes(name))),
});

test('answers at a honeypot as at an operation that somebody may not call', async () => {
  const token = await client.token({ domain: 'public', client: 'nightly-batch' });
  for (const request of [{}, { token: 'bm90IGEgdG9rZW4' }, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }]) {
    expect(visible(await send(HONEYPOT, request))).toEqual(visible(await send('/accounts/accounts/1', request)));
  }
  const [here, elsewhere] = [await send(HONEYPOT, { token }), await send('/accounts/accounts/1', { token })];
  expect([here.status, here.headers['www-authenticate'], elsewhere.status]).toEqual([403, 'Bearer error="insufficient_scope"', 200]);
});

test('answers a canary client as any client that is not listed', async () => {
  const token = await client.token({ domain: 'public', client: 'legacy-batch' });
  const reply = await send('/accounts/accounts/1', { token });
  expect([reply.status, reply.headers['www-authenticate']]).toEqual([403, 'Bearer error="invalid_token"']);
});

test('blocks the address of the connection, and nobody whom its headers name', async () => {
  const token = await client.token({ domain: 'public', client: 'nightly-batch' });
  const from = (localAddress: string, headers: object = {}): Promise<number> => send('/accounts/accounts/1', { token, localAddress, headers }).then(({ status }) => status);
  expect([await from('127.0.0.66'), await from('127.0.0.7')]).toEqual([200, 200]);
  await send(HONEYPOT, { localAddress: '127.0.0.66', headers: { 'x-forwarded-for': VICTIM, 'x-real-ip': VICTIM, forwarded: `for=${VICTIM}` } });
  for (let waited = 0; waited < 50 && await from('127.0.0.66') === 200; waited += 1) await pause(100);
  expect(await from('127.0.0.66')).toBe(403);
  expect([await from('127.0.0.7'), await from('127.0.0.7', { 'x-forwarded-for': ATTACKER })]).toEqual([200, 200]);
});
