import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lambdaTrustToken } from '../../../service/lambda-trust-token';
import { nodeHttpTrustToken } from '../../../service/node-http-trust-token';
import { TrustTokenVerifier } from '../../../service/trust-token-verifier';
import { CLAIMS, OPTIONS, trustToken } from '../trust-token';

const verifier = new TrustTokenVerifier(OPTIONS);
const own = generateKeyPairSync('ed25519');
const namesake = generateKeyPairSync('ed25519');
const jwk = ({ publicKey }: { publicKey: KeyObject }) => publicKey.export({ format: 'jwk' });
const KEYS = { public: { Web: { own: jwk(own) } }, partner: { Web: { own: jwk(namesake) } } };
const BODY = '{"amount":"10"}';

/** What DynamoDB answers to conditional writes. */
let table: Server;
const used = new Set<string>();
const before = { ...process.env };

beforeAll(async () => {
  table = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const { Item: { id: { S: id } } } = JSON.parse(Buffer.concat(chunks).toString()) as { Item: { id: { S: string } } };
      const isNew = !used.has(id);
      used.add(id);
      response.writeHead(isNew ? 200 : 400).end(isNew ? '{}' : '{"__type":"ConditionalCheckFailedException"}');
    });
  });
  await new Promise<void>((resolve) => table.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    NONCE_TABLE_ARN: 'arn:aws:dynamodb:ap-southeast-2:222222222222:table/nonces', AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(table.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local',
  });
});
afterAll(() => new Promise((resolve) => table.close(resolve)));
afterAll(() => { process.env = before; });

/** A handler as a function of the service would export it, told what the declaration asks for. */
function handlerTold(signatures: unknown) {
  process.env.MESSAGE_SIGNATURES = JSON.stringify(signatures);
  try {
    return lambdaTrustToken(verifier, async () => ({ statusCode: 204 }));
  } finally {
    delete process.env.MESSAGE_SIGNATURES;
  }
}

function event({ key = own, domain = 'public', isSigned = true } = {}) {
  const digest = `sha-256=:${createHash('sha256').update(BODY).digest('base64')}:`;
  const signatureParams = `("@method" "@authority" "@path" "content-type" "content-digest");created=${Math.floor(Date.now() / 1000)};keyid="own";nonce="${randomUUID()}"`;
  const base = ['"@method": POST', '"@authority": api.bank.example', '"@path": /payments/7', '"content-type": application/json', `"content-digest": ${digest}`, `"@signature-params": ${signatureParams}`].join('\n');
  const signature = { 'signature-input': [`sig=${signatureParams}`], 'signature': [`sig=:${sign(null, Buffer.from(base), key.privateKey).toString('base64')}:`] };
  return {
    httpMethod: 'POST', resource: '/payments/{id}', body: BODY, multiValueHeaders: { 'content-type': ['application/json'], 'content-digest': [digest], ...isSigned && signature },
    requestContext: { domainName: 'api.bank.example', path: '/payments/7', authorizer: { trustToken: trustToken({ tctx: { ...CLAIMS.tctx, security_domain: domain, operation: 'pay', method: 'POST', resource: '/payments/{id}' } }) } },
  };
}

test('runs the handler for requests that are signed as the declaration asks, and for no other', async () => {
  const handler = handlerTold({ maxAgeSeconds: 60, keys: KEYS });
  const signed = event();
  expect(await handler(signed, {})).toMatchObject({ statusCode: 204 });
  expect(await handler(signed, {})).toMatchObject({ statusCode: 403 });
  expect(await handler(event({ isSigned: false }), {})).toMatchObject({ statusCode: 403 });
  expect(await handler({ ...event(), body: BODY.replace('10', '99') }, {})).toMatchObject({ statusCode: 403 });
  expect(await handler(event({ key: namesake }), {})).toMatchObject({ statusCode: 403 });
});

test('takes the key of a consumer in its own security domain only', async () => {
  const handler = handlerTold({ maxAgeSeconds: 60, keys: KEYS });
  expect(await handler(event({ key: namesake, domain: 'partner' }), {})).toMatchObject({ statusCode: 204 });
  expect(await handler(event({ key: own, domain: 'partner' }), {})).toMatchObject({ statusCode: 403 });
});

test('asks for nothing on the operations that the declaration leaves out', async () => {
  const unsigned = event({ isSigned: false });
  expect(await handlerTold({ maxAgeSeconds: 60, keys: KEYS, operations: ['other'] })(unsigned, {})).toMatchObject({ statusCode: 204 });
  expect(await handlerTold({ maxAgeSeconds: 60, keys: KEYS, operations: ['pay'] })(unsigned, {})).toMatchObject({ statusCode: 403 });
});

test('refuses every request of a service that asks for signatures and knows no keys', async () => {
  expect(await handlerTold({ maxAgeSeconds: 60, keys: {} })(event(), {})).toMatchObject({ statusCode: 403 });
});

test.each([['no JSON', 'x'], ['nothing', null], ['no keys', { maxAgeSeconds: 60 }], ['no time', { keys: {} }], ['operations that are none', { maxAgeSeconds: 60, keys: {}, operations: [] }]])('does not start with %s where signatures are asked for', (_name, wrong) => {
  expect(() => handlerTold(wrong)).toThrow(TypeError);
});

test('does not start without a table of nonces', () => {
  const { NONCE_TABLE_ARN: arn } = process.env;
  delete process.env.NONCE_TABLE_ARN;
  expect(() => handlerTold({ maxAgeSeconds: 60, keys: KEYS })).toThrow(TypeError);
  process.env.NONCE_TABLE_ARN = arn;
});

test('does not start a server that would let unsigned requests through', () => {
  expect(() => nodeHttpTrustToken(verifier)).not.toThrow();
  process.env.MESSAGE_SIGNATURES = '{}';
  expect(() => nodeHttpTrustToken(verifier)).toThrow(TypeError);
  delete process.env.MESSAGE_SIGNATURES;
});
