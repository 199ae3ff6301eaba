import type { IncomingMessage, RequestListener } from 'node:http';
import { formEncoded, IntrospectionEndpoint } from '../../../lambda/authorizer/introspection-endpoint';
import { httpsFormPoster } from '../../../runtime/https-form';
import { INTROSPECTION } from '../fixtures/authorizer';
import { httpsServer, type LoopbackServer } from '../fixtures/loopback-server';

const TOKEN = 'dGhlLXRva2Vu+/~=';
const SECRET = 'p:ss w%rd+é/';
let server: LoopbackServer;
let listener: RequestListener;
const requests: { readonly headers: IncomingMessage['headers']; readonly body: string; readonly method?: string }[] = [];

beforeAll(async () => {
  server = await httpsServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); }).on('end', () => {
      requests.push({ headers: request.headers, body, method: request.method });
      listener(request, response);
    });
  });
});
afterAll(() => server.close());
beforeEach(() => {
  requests.length = 0;
  listener = (_request, response) => response.end('{"active":true}');
});

function endpoint(secrets: readonly (string | undefined)[] = [SECRET], url = `${server.url}/introspect`) {
  const state = { now: 0, reads: 0 };
  const asked = new IntrospectionEndpoint(
    { ...INTROSPECTION, endpoint: url, clientId: 'gate:way' }, async () => secrets[Math.min(state.reads++, secrets.length - 1)],
    httpsFormPoster({ timeoutMilliseconds: 300, maxBytes: 100 }, { ca: server.ca }), () => state.now,
  );
  return { state, asked };
}

test('posts the token as a form, with form-encoded credentials', async () => {
  expect(await endpoint().asked.answer(TOKEN)).toEqual({ active: true });
  const [{ headers, body, method }] = requests as [(typeof requests)[0]];
  expect([method, headers.accept, headers['content-type']]).toEqual(['POST', 'application/json', 'application/x-www-form-urlencoded']);
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual({ token: TOKEN, token_type_hint: 'access_token' });
  const [id, secret] = Buffer.from(headers.authorization!.replace('Basic ', ''), 'base64').toString().split(':') as [string, string];
  expect([id, secret].map((part) => decodeURIComponent(part.replaceAll('+', '%20')))).toEqual(['gate:way', SECRET]);
});

// RFC 6749 appendix B
test('encodes as forms do', () => {
  expect(formEncoded(' %&+£€')).toBe('+%25%26%2B%C2%A3%E2%82%AC');
});

test('takes the secret from a JSON object, as the console of Secrets Manager writes it', async () => {
  await endpoint(['{"client_id":"x","client_secret":"inside"}']).asked.answer(TOKEN);
  expect(Buffer.from(requests[0]!.headers.authorization!.slice(6), 'base64').toString()).toBe('gate%3Away:inside');
});

test.each([['nothing', undefined], ['an empty text', ''], ['an object without it', '{"password":"x"}'], ['a broken object', '{"client_secret":']])('fails on a secret of %s, without a question', async (_title, secret) => {
  await expect(endpoint([secret]).asked.answer(TOKEN)).rejects.toThrow('secret identity/introspection: holds no client secret');
  expect(requests).toEqual([]);
});

test('reads a replaced secret when the old one is refused, once in half a minute', async () => {
  listener = ({ headers }, response) => response.writeHead(Buffer.from(headers.authorization!.slice(6), 'base64').toString().endsWith(':new') ? 200 : 401).end('{"active":true}');
  const { state, asked } = endpoint(['old', 'new']);
  state.now = 100_000;
  await expect(asked.answer(TOKEN)).rejects.toThrow('status 401');
  state.now += 30_000;
  expect(await asked.answer(TOKEN)).toEqual({ active: true });
  const wrong = endpoint(['old']);
  for (let index = 0; index < 20; index += 1) {
    await expect(wrong.asked.answer(TOKEN)).rejects.toThrow('status 401');
  }
  expect(wrong.state.reads).toBe(1);
});

test.each<[string, RequestListener, string]>([
  ['a server error', (_request, response) => response.writeHead(500).end('{"active":true}'), 'status 500'],
  ['a redirect', (_request, response) => response.writeHead(307, { location: '/elsewhere' }).end(), 'status 307'],
  ['another success', (_request, response) => response.writeHead(201).end('{"active":true}'), 'status 201'],
  ['a page', (_request, response) => response.end('<html>'), 'the answer is not a JSON object'],
  ['a list', (_request, response) => response.end('[{"active":true}]'), 'the answer is not a JSON object'],
  ['duplicate members', (_request, response) => response.end('{"active":false,"active":true}'), 'the answer is not a JSON object'],
  ['duplicate members under another spelling', (_request, response) => response.end('{"active":false,"\\u0061ctive":true}'), 'the answer is not a JSON object'],
  ['too much', (_request, response) => response.end(`{"active":true,"x":"${'x'.repeat(100)}"}`), 'the answer is broken off or too large'],
  ['a body that is broken off', (_request, response) => { response.write('{"active":', () => { response.destroy(); }); }, 'the answer is broken off or too large'],
])('fails on %s, and asks the next time', async (_title, hostile, fault) => {
  const { asked } = endpoint();
  expect(await asked.answer(TOKEN)).toEqual({ active: true });
  listener = hostile;
  const failure = await asked.answer(TOKEN).catch((error: Error) => error);
  expect(failure).toMatchObject({ name: 'DependencyFailure', message: `${new URL(server.url).host}: ${fault}` });
  expect(requests).toHaveLength(2);
  listener = (_request, response) => response.end('{"active":false}');
  expect(await asked.answer(TOKEN)).toEqual({ active: false });
});

const isTheTokens = (): boolean => new URLSearchParams(requests.at(-1)!.body).get('token') === TOKEN;

// A firewall before the authorization server may answer so to `../../etc/passwd`: an outsider would raise alarms and 500s at will.
test.each([400, 403, 404, 413, 414, 422, 431])('takes %i for a refusal of the token where the server answers about others, and asks about one that nobody has', async (status) => {
  const { state, asked } = endpoint();
  listener = (_request, response) => isTheTokens() ? response.writeHead(status).end() : response.end('{"active":false}');
  const refused = await asked.answer(TOKEN).catch((error: Error) => error);
  expect(refused).toMatchObject({ name: 'Refusal', reason: 'token_inactive', detail: `${new URL(server.url).host}: status ${status}` });
  const [, other] = requests.map(({ body }) => new URLSearchParams(body).get('token'));
  expect(other).toMatch(/^[0-9a-f]{32}$/);
  for (let more = 0; more < 5; more += 1) await expect(asked.answer(TOKEN)).rejects.toThrow('token_inactive');
  expect(requests).toHaveLength(7);
  state.now += 5000;
  await expect(asked.answer(TOKEN)).rejects.toThrow('token_inactive');
  expect(requests).toHaveLength(9);
});

test.each<[string, number, RequestListener]>([
  ['refuses every token', 403, (_request, response) => response.writeHead(403).end()],
  ['is gone', 404, (_request, response) => response.writeHead(404).end()],
  ['refuses one and fails for others', 400, (_request, response) => response.writeHead(isTheTokens() ? 400 : 503).end()],
  ['refuses one and says nothing of others', 400, (_request, response) => isTheTokens() ? response.writeHead(400).end() : response.end('{}')],
  ['refuses one and drops the connection of others', 400, (request, response) => isTheTokens() ? response.writeHead(400).end() : request.socket.destroy()],
  ['asks for fewer questions', 429, (_request, response) => isTheTokens() ? response.writeHead(429).end() : response.end('{"active":false}')],
  ['knows the gateway no more', 401, (_request, response) => isTheTokens() ? response.writeHead(401).end() : response.end('{"active":false}')],
])('fails on a server that %s', async (_title, status, failing) => {
  listener = failing;
  await expect(endpoint().asked.answer(TOKEN)).rejects.toMatchObject({ name: 'DependencyFailure', message: expect.stringContaining(`status ${status}`) as string });
});

test.each<[string, RequestListener]>([
  ['no answer', () => undefined],
  ['no end of an answer', (_request, response) => { response.write('{"active":'); }],
])('holds up one caller a second where there comes %s, and nobody longer', async (_title, silent) => {
  const { state, asked } = endpoint();
  listener = (request, response) => {
    state.now = 1000;
    silent(request, response);
  };
  await expect(asked.answer(TOKEN)).rejects.toThrow(/ABORT_ERR|AbortError|TimeoutError|ECONNRESET/);
  await expect(asked.answer(TOKEN)).rejects.toThrow('failed a moment ago');
  expect(requests).toHaveLength(1);
  listener = (_request, response) => response.end('{"active":true}');
  state.now = 2000;
  expect(await asked.answer(TOKEN)).toEqual({ active: true });
});

test('answers everybody else where one token makes the server drop the connection', async () => {
  const { asked } = endpoint();
  listener = (request) => { request.socket.destroy(); };
  await expect(asked.answer(TOKEN)).rejects.toThrow('ECONNRESET');
  listener = (_request, response) => response.end('{"active":true}');
  expect(await asked.answer('somebody-elses')).toEqual({ active: true });
});

test('fails on a server that nothing vouches for, and without TLS', async () => {
  const post = httpsFormPoster();
  await expect(post(new URL(server.url), {}, {})).rejects.toThrow(/SELF_SIGNED|UNABLE_TO_VERIFY/);
  await expect(post(new URL('http://localhost:1/'), {}, {})).rejects.toThrow('localhost:1: not https');
});

test('says neither token nor secret in any failure', async () => {
  const messages: string[] = [];
  for (const hostile of [(_request, response) => response.writeHead(400).end(TOKEN), (_request, response) => response.end(`{"${TOKEN}`), (request) => { request.socket.destroy(); }] as RequestListener[]) {
    listener = hostile;
    messages.push(String((await endpoint().asked.answer(TOKEN).catch((error: Error) => error) as Error).stack));
  }
  expect(messages).toHaveLength(3);
  for (const text of [TOKEN, SECRET, formEncoded(SECRET)]) expect(messages.join('')).not.toContain(text);
});
