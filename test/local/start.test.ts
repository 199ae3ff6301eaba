import { readFileSync, rmSync } from 'node:fs';
import { LocalClient } from '../../local/client';
import { startLocalGateway, type LocalGateway } from '../../local/start';
import { fixtureAssembly, type FixtureAssembly } from './fixture-assembly';

let fixture: FixtureAssembly;
let gateway: LocalGateway;
let client: LocalClient;
let table = '';
const out = `${__dirname}/../../out/test-local-start`;

beforeAll(async () => {
  fixture = await fixtureAssembly();
  gateway = await startLocalGateway({ app: fixture.app, environment: 'Test', out, log: (text) => { table = text; } });
  client = new LocalClient(gateway.endpoints);
});
afterAll(async () => {
  await gateway.close();
  fixture.remove();
  if (!process.env.KEEP) rmSync(out, { recursive: true, force: true });
});

const customer = '/bank/accounts/customers/42';
interface Echo { readonly service: string; readonly path: string; readonly headers: { readonly [name: string]: string }; readonly trustToken: { readonly sub: string; readonly scope: string; readonly rctx: { readonly client_id: string } } }
const echo = (body: string): Echo => JSON.parse(body) as Echo;

test.each(['web', 'phone', 'portal'])('authorizes %s by an authorization code with PKCE and hands its trust token to the service', async (id) => {
  const token = await client.token({ domain: 'public', client: id });
  const reply = await client.send('public', { path: `${customer}?view=full`, token });
  expect(reply).toMatchObject({ status: 200, tlsVersion: 'TLSv1.3' });
  expect(echo(reply.body)).toMatchObject({ service: 'accounts', path: '/v1/customers/42?view=full', trustToken: { sub: 'local-user', scope: 'accounts:read', rctx: { client_id: id } } });
});

test('answers 401 with a challenge without a token', async () => {
  const reply = await client.send('public', { path: customer });
  expect(reply).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer', 'content-type': 'application/problem+json' } });
});
