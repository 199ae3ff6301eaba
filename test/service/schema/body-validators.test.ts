import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BODY_VALIDATORS_VARIABLE } from '../../../lib/contract/body-validators';
import { PROBLEMS } from '../../../lib/contract/problem';
import { bodyValidators } from '../../../lib/gateway/body-validators';
import { BodyInspection, BodySchemaRefused, lambdaTrustToken, nodeHttpTrustToken, TrustTokenVerifier, type BodyValidators } from '../../../service';
import { validatorsOfEnvironment } from '../../../service/schema/declared-validators';
import { loadedValidators } from '../../fixtures/body-validators';
import { apiService, post } from '../../fixtures/declaration';
import { CLAIMS, OPTIONS, trustToken } from '../trust-token';

const folder = mkdtempSync(join(tmpdir(), 'validators-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SCHEMA = { type: 'object', required: ['email'], additionalProperties: false, properties: { email: { type: 'string', format: 'email' }, tags: { type: 'array', maxItems: 2, items: { type: 'string' } } } };
const SERVICE = apiService({
  operations: [post('/accounts', { id: 'openAccount', content: [{ mediaType: 'application/json', schema: SCHEMA }, { mediaType: 'application/merge-patch+json', schema: { type: 'object' } }, { mediaType: 'text/json' }, { mediaType: 'text/csv' }] }), post('/accounts/touch', { id: 'touchAccount', contentRequired: false })],
});
const TEXT = bodyValidators(SERVICE, {})!;
const validators = loadedValidators(TEXT);
const FILE = join(folder, 'body-validators.js');
writeFileSync(FILE, TEXT);

const tctx = { ...CLAIMS.tctx, service: 'accounts', operation: 'openAccount', method: 'POST', resource: '/accounts' };
const verifier = new TrustTokenVerifier(OPTIONS);

/** What a handler behind the library answers to a body: 200 where it ran. */
async function posted(body: unknown, { given = validators as BodyValidators | null, type = 'application/json', context = tctx } = {}) {
  const seen: unknown[] = [];
  const handler = lambdaTrustToken(verifier, async (_event, _claims, _context, sent) => { seen.push(sent); return { statusCode: 200 }; }, { bodies: new BodyInspection({ validators: given ?? undefined }) });
  const event = { httpMethod: 'POST', resource: '/accounts', headers: { 'Content-Type': type }, body: JSON.stringify(body), requestContext: { authorizer: { trustToken: trustToken({ tctx: context }) } } };
  const { statusCode, body: answer } = await handler(event, {}) as { statusCode: number; body?: string };
  return { statusCode, answer: answer && JSON.parse(answer) as unknown, seen };
}

const SOUND = { email: 'a@b.example', tags: ['x'] };
const WRONG: readonly (readonly [string, unknown])[] = [['no e-mail address', { email: 'a at b' }], ['too many items', { ...SOUND, tags: ['x', 'y', 'z'] }], ['what nobody declared', { ...SOUND, admin: true }], ['another type', []]];

test('hands a body that is as declared to the handler', async () => {
  expect(await posted(SOUND)).toEqual({ statusCode: 200, seen: [SOUND] });
});

test.each(WRONG)('refuses %s before the handler runs, and would not without the validators', async (_, body) => {
  expect(await posted(body)).toEqual({ statusCode: 400, answer: PROBLEMS.badRequest, seen: [] });
  expect(await posted(body, { given: null })).toEqual({ statusCode: 200, seen: [body] });
});

test('tells the service where in its schema a body fails, and nothing of the body', async () => {
  const refused = await new BodyInspection({ validators }).inspect({ contentTypes: [], body: '{"email":"<script>"}' }, { ...CLAIMS, tctx } as never).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(BodySchemaRefused);
  expect(refused).toMatchObject({ threat: 'schema', place: '#/properties/email/format', message: 'JSON body refused: schema' });
});

test('refuses a request without the body that its operation demands', async () => {
  expect(await posted(undefined)).toEqual({ statusCode: 400, answer: PROBLEMS.badRequest, seen: [] });
  expect(await posted(undefined, { given: null })).toEqual({ statusCode: 200, seen: [undefined] });
  expect(await posted(undefined, { context: { ...tctx, operation: 'touchAccount' } })).toEqual({ statusCode: 200, seen: [undefined] });
});

test('knows the types of each operation apart, however they are written', async () => {
  expect((await posted([], { type: 'application/merge-patch+json' })).statusCode).toBe(400);
  expect((await posted({}, { type: 'Application/Merge-Patch+JSON; charset=utf-8' })).statusCode).toBe(200);
  expect((await posted([], { type: 'text/json' })).statusCode).toBe(200);
});

test.each([['an operation', { context: { ...tctx, operation: 'closeAccount' } }], ['a name of every object for an operation', { context: { ...tctx, operation: 'constructor' } }], ['a media type', { type: 'application/ld+json' }]])('refuses a body of %s that the declaration does not have', async (_, options) => {
  expect((await posted(SOUND, options)).statusCode).toBe(400);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/x-ndjson', 'Text/XML', 'application/soap+xml'])('refuses a body of the undeclared type %s, which is none of JSON, and would not without the validators', async (type) => {
  const sent = type.toLowerCase().includes('xml') ? '<a/>' : 'a=1';
  const handled = async (given?: BodyValidators) => {
    const handler = lambdaTrustToken(verifier, async () => ({ statusCode: 200 }), { bodies: new BodyInspection({ validators: given }) });
    return (await handler({ httpMethod: 'POST', resource: '/accounts', headers: { 'Content-Type': type }, body: sent, requestContext: { authorizer: { trustToken: trustToken({ tctx }) } } }, {}) as { statusCode: number }).statusCode;
  };
  expect([await handled(validators), await handled()]).toEqual([400, 200]);
});

test('hands on a body of a declared type that it does not look into', async () => {
  expect((await posted('a,b', { type: 'text/csv; header=absent' })).statusCode).toBe(200);
});

test('fails where it was given the validators of another service', async () => {
  await expect(posted(SOUND, { context: { ...tctx, service: 'payments' } })).rejects.toThrow('the validators of accounts were given to payments');
});

test('is what nodeHttpTrustToken asks as well', async () => {
  const middleware = nodeHttpTrustToken(verifier, { bodies: new BodyInspection({ validators }) });
  const server = createServer((incoming, outgoing) => middleware(incoming, outgoing, (error) => outgoing.writeHead(error === undefined ? 200 : 500).end()));
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const sent = (body: unknown, type = 'application/json'): Promise<number | undefined> => new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ host: '127.0.0.1', port, method: 'POST', agent: false, headers: { 'Txn-Token': trustToken({ tctx }), 'Content-Type': type } }, (response) => resolve(response.resume().statusCode)).on('error', reject).end(JSON.stringify(body));
  });
  try {
    expect([await sent(SOUND), await sent({ email: 'a at b' }), await sent(undefined)]).toEqual([200, 400, 400]);
    expect([await sent('a', 'text/csv'), await sent('a', 'text/plain')]).toEqual([200, 400]);
  } finally {
    await new Promise((closed) => { server.close(closed); });
  }
});

describe('the validators of the environment', () => {
  const of = (file: string) => validatorsOfEnvironment({ [BODY_VALIDATORS_VARIABLE]: file });
  const written = (name: string, text: string) => { writeFileSync(join(folder, name), text); return join(folder, name); };

  test('are those of the file that it names, and none where it names none', () => {
    expect(of(FILE)?.bodyFault('openAccount', 'application/json', { email: 'a' })).toBe('#/properties/email/format');
    expect(validatorsOfEnvironment({})).toBeUndefined();
  });

  test.each([['that is not there', () => '/nowhere/body-validators.js', /Cannot find module/], ['below the working directory', () => 'body-validators.js', TypeError], ['of something else', () => written('other.js', 'module.exports = {}'), TypeError], ['of a later version', () => written('later.js', 'module.exports = { version: 2, bodyFault() {}, requiresBody() {} }'), TypeError]])('end the start of a service where the file is one %s', (_, file, expected) => {
    expect(() => of(file())).toThrow(expected);
  });

  test('are asked by an inspection of the environment', async () => {
    process.env[BODY_VALIDATORS_VARIABLE] = FILE;
    try {
      const inspected = BodyInspection.fromEnvironment().inspect({ contentTypes: [], body: '{"email":"a"}' }, { ...CLAIMS, tctx } as never);
      await expect(inspected).rejects.toThrow(BodySchemaRefused);
    } finally {
      Reflect.deleteProperty(process.env, BODY_VALIDATORS_VARIABLE);
    }
  });
});
