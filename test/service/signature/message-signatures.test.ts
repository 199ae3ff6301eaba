import { createHash, generateKeyPairSync, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import { DependencyFailure } from '../../../runtime/dependency-failure';
import { lambdaTrustToken } from '../../../service/lambda-trust-token';
import { MessageSignatures } from '../../../service/signature/message-signatures';
import { SignatureRefused } from '../../../service/signature/signature-refused';
import type { SignedRequest } from '../../../service/signature/signature-base';
import { TrustTokenVerifier } from '../../../service/trust-token-verifier';
import { CLAIMS, NOW, OPTIONS, trustToken } from '../trust-token';

const own = generateKeyPairSync('ed25519');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('ed25519');
const jwk = ({ publicKey }: { publicKey: KeyObject }): JsonWebKey => publicKey.export({ format: 'jwk' });
const KEYS = { Web: { own: jwk(own), ec: jwk(ec), rsa: jwk(rsa) }, Other: { other: jwk(other) } };
const CALLER = { rctx: CLAIMS.rctx as never };

const BODY = '{"amount":"10"}';
const ALL = ['@method', '@authority', '@path', '@query-param";name="from', 'content-type', 'content-digest'];

/** A request and what of it is signed, in which a test changes one thing. */
interface Draft {
  readonly body?: string;
  readonly components?: readonly string[];
  readonly params?: string;
  readonly key?: { readonly privateKey: KeyObject };
  /** What is changed after signing. */
  readonly sent?: Partial<SignedRequest>;
  readonly fields?: Readonly<Record<string, readonly string[]>>;
}

let serial = 0;
function nonce(): string {
  serial += 1;
  return `nonce-${serial}`.padEnd(12, 'x');
}

function signedRequest({ body = BODY, components = ALL, params = `;created=${NOW};keyid="own";nonce="${nonce()}"`, key = own, sent, fields }: Draft = {}): SignedRequest {
  const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const values: Record<string, string> = { '@method': 'POST', '@authority': 'api.bank.example', '@path': '/payments/7', '@query-param";name="from': 'a%20b', 'content-type': 'application/json', 'content-digest': digest, '@query': '?from=a%20b', '@request-target': '/payments/7?from=a%20b', '@scheme': 'https' };
  const signatureParams = `(${components.map((name) => `"${name}"`).join(' ')})${params}`;
  const base = [...components.map((name) => `"${name}": ${values[name]}`), `"@signature-params": ${signatureParams}`].join('\n');
  const options = key === rsa ? { padding: 6, saltLength: 64 } : { dsaEncoding: 'ieee-p1363' as const };
  const signature = sign(key === own || key === other ? null : key === rsa ? 'sha512' : 'sha256', Buffer.from(base), { key: key.privateKey, ...options });
  return {
    method: 'POST', authority: 'api.bank.example', path: '/payments/7', queryParameters: new Map([['from', ['a b']]]), body: Buffer.from(body),
    fields: new Map(Object.entries<readonly string[]>({ 'content-type': ['application/json'], 'content-digest': [digest], 'signature-input': [`sig=${signatureParams}`], signature: [`sig=:${signature.toString('base64')}:`], ...fields })),
    ...sent,
  };
}

const used = new Set<string>();
const signatures = new MessageSignatures({ keys: KEYS, clock: () => NOW * 1000, oneTimeUse: { isFirst: async ({ id }) => !used.has(id) && !!used.add(id) } });

async function answer(request: SignedRequest, verifier = signatures): Promise<string> {
  return verifier.verify(request, CALLER).then(() => 'accepted', (error: unknown) => error instanceof SignatureRefused ? error.reason : String(error));
}

test.each([
  ['Ed25519', {}],
  ['ECDSA', { key: ec, params: `;created=${NOW};keyid="ec";alg="ecdsa-p256-sha256";nonce="${nonce()}"` }],
  ['RSASSA-PSS', { key: rsa, params: `;created=${NOW};keyid="rsa";nonce="${nonce()}"` }],
  ['Ed25519 with an end and a tag', { params: `;created=${NOW - 30};expires=${NOW + 10};keyid="own";nonce="${nonce()}";tag="payments"` }],
])('accepts a request that its consumer signed by %s', async (_name, draft: Draft) => {
  expect(await answer(signedRequest(draft))).toBe('accepted');
});

test('accepts a request without a body and parameters, of which neither is signed', async () => {
  expect(await answer(signedRequest({ body: '', components: ALL.slice(0, 3), sent: { queryParameters: new Map() }, fields: { 'content-digest': [] } }))).toBe('accepted');
});

const ATTACKS: [string, Draft, string][] = [
  ['no signature', { fields: { 'signature-input': [], signature: [] } }, 'signature_missing'],
  ['no signature beside its description', { fields: { signature: [] } }, 'signature_malformed'],
  ['two signature fields', { fields: { signature: ['sig=:AAAA:', 'sig=:AAAA:'] } }, 'signature_malformed'],
  ['a signature of another label', { fields: { signature: ['other=:AAAA:'] } }, 'signature_malformed'],
  ['a method that nobody signed', { components: ALL.slice(1) }, 'signature_coverage'],
  ['a host that nobody signed', { components: ALL.filter((name) => name !== '@authority') }, 'signature_coverage'],
  ['a path that nobody signed', { components: ALL.filter((name) => name !== '@path') }, 'signature_coverage'],
  ['a parameter that nobody signed', { components: ALL.filter((name) => !name.startsWith('@query')) }, 'signature_coverage'],
  ['a parameter that was added', { sent: { queryParameters: new Map([['from', ['a b']], ['to', ['me']]]) } }, 'signature_coverage'],
  ['a body that nobody signed', { components: ALL.filter((name) => name !== 'content-digest') }, 'signature_coverage'],
  ['a content type that nobody signed', { components: ALL.filter((name) => name !== 'content-type') }, 'signature_coverage'],
  ['another method', { sent: { method: 'DELETE' } }, 'signature_invalid'],
  ['another host', { sent: { authority: 'api.other.example' } }, 'signature_invalid'],
  ['another path', { sent: { path: '/payments/8' } }, 'signature_invalid'],
  ['another parameter value', { sent: { queryParameters: new Map([['from', ['c']]]) } }, 'signature_invalid'],
  ['a parameter sent twice', { sent: { queryParameters: new Map([['from', ['a b', 'c']]]) } }, 'signature_invalid'],
  ['another content type', { fields: { 'content-type': ['text/csv'] } }, 'signature_invalid'],
  ['two content types', { fields: { 'content-type': ['application/json', 'text/csv'] } }, 'signature_invalid'],
  ['another body', { sent: { body: Buffer.from('{"amount":"99"}') } }, 'digest_mismatch'],
  ['another body with its own digest', { sent: { body: Buffer.from('{}') }, fields: { 'content-digest': [`sha-256=:${createHash('sha256').update('{}').digest('base64')}:`] } }, 'signature_invalid'],
  ['a body where none was', { body: '', components: ALL.slice(0, 4), sent: { body: Buffer.from('{}') } }, 'signature_coverage'],
  ['a second digest', { fields: { 'content-digest': ['sha-256=:AAAA:', 'sha-256=:AAAA:'] } }, 'signature_invalid'],
  ['a request target in the obsolete way', { components: [...ALL, '@request-target'] }, 'signature_invalid'],
  ['a query that the gateway does not hand on', { components: [...ALL, '@query'] }, 'signature_invalid'],
  ['a component of nobody', { components: [...ALL, '@constructor'] }, 'signature_invalid'],
  ['a field that is not there', { components: [...ALL, 'x-absent'] }, 'signature_invalid'],
  ['a component that is there twice', { components: [...ALL, '@path'] }, 'signature_malformed'],
  ['a component of the request of a response', { components: [...ALL, '@path";req;x="'] }, 'signature_malformed'],
  ['a key of another consumer', { key: other, params: `;created=${NOW};keyid="other";nonce="${nonce()}"` }, 'key_unknown'],
  ['a key that signed in the name of another', { key: other }, 'signature_invalid'],
  ['a key id of every object', { params: `;created=${NOW};keyid="constructor";nonce="${nonce()}"` }, 'key_unknown'],
  ['no key id', { params: `;created=${NOW};nonce="${nonce()}"` }, 'key_unknown'],
  ['another algorithm than that of the key', { params: `;created=${NOW};keyid="own";alg="hmac-sha256";nonce="${nonce()}"` }, 'algorithm_mismatch'],
  ['a stale signature', { params: `;created=${NOW - 60};keyid="own";nonce="${nonce()}"` }, 'signature_time'],
  ['a signature whose end is reached', { params: `;created=${NOW - 10};expires=${NOW};keyid="own";nonce="${nonce()}"` }, 'signature_time'],
  ['a signature of tomorrow', { params: `;created=${NOW + 6};keyid="own";nonce="${nonce()}"` }, 'signature_time'],
  ['no time', { params: `;keyid="own";nonce="${nonce()}"` }, 'signature_malformed'],
  ['no nonce', { params: `;created=${NOW};keyid="own"` }, 'signature_malformed'],
  ['a time that is there twice', { params: `;created=${NOW - 600};created=${NOW};keyid="own";nonce="${nonce()}"` }, 'signature_malformed'],
  ['a parameter of nobody', { params: `;created=${NOW};keyid="own";nonce="${nonce()}";crit="x"` }, 'signature_malformed'],
  ['a line end in a covered field', { fields: { 'content-type': ['application/json\n"@path": /payments/8'] } }, 'signature_invalid'],
];

test.each(ATTACKS)('refuses %s', async (_name, draft, reason) => {
  expect(await answer(signedRequest())).toBe('accepted');
  expect(await answer(signedRequest(draft))).toBe(reason);
});

test('accepts each signature once, and uses no nonce up by a signature that is none', async () => {
  const request = signedRequest();
  expect(await answer({ ...request, path: '/payments/8' })).toBe('signature_invalid');
  expect(await answer(request)).toBe('accepted');
  expect(await answer(request)).toBe('signature_replayed');
});

test('refuses while nonces cannot be remembered', async () => {
  const failing = new MessageSignatures({ keys: KEYS, clock: () => NOW * 1000, oneTimeUse: { isFirst: () => Promise.reject(new DependencyFailure('replay table', 'down')) } });
  expect(await answer(signedRequest(), failing)).toBe('dependency_failed');
  expect(new SignatureRefused('dependency_failed').problem.status).toBe(503);
});

test.each([
  ['a private key', own.privateKey.export({ format: 'jwk' }), 'a private key'],
  ['a short RSA key', jwk(generateKeyPairSync('rsa', { modulusLength: 1024 })), 'rsa of 1024 bits'],
  ['a key of another curve', jwk(generateKeyPairSync('ec', { namedCurve: 'P-384' })), 'ec secp384r1'],
  ['a key of another kind', jwk(generateKeyPairSync('x25519')), 'x25519'],
  ['what is no key', { kty: 'EC' }, 'no JWK'],
])('refuses to start with %s', (_name, key, got) => {
  expect(() => new MessageSignatures({ keys: { Web: { 'web-2027': key } }, oneTimeUse: { isFirst: async () => true } })).toThrow(new TypeError(
    `key 'web-2027' of 'Web': signatures are verified with a public key (EC P-256, Ed25519, or RSA of at least 2048 bits), got ${got}; write the public JWK of one`,
  ));
});

test('stands in front of a Lambda handler, which runs for signed requests only', async () => {
  const handle = jest.fn(async () => ({ statusCode: 204 }));
  const handler = lambdaTrustToken(new TrustTokenVerifier(OPTIONS), handle, { signatures });
  const { fields } = signedRequest();
  const event = {
    httpMethod: 'POST', resource: '/payments/{id}', body: BODY, multiValueQueryStringParameters: { from: ['a b'] }, multiValueHeaders: Object.fromEntries([...fields].map(([name, values]) => [name.toUpperCase(), [...values]])),
    requestContext: { domainName: 'API.bank.example', path: '/payments/7', authorizer: { trustToken: trustToken({ tctx: { ...CLAIMS.tctx, method: 'POST', resource: '/payments/{id}' } }) } },
  };
  expect(await handler({ ...event, body: '{"amount":"99"}' }, {})).toMatchObject({ statusCode: 403 });
  expect(await handler({ ...event, multiValueHeaders: {} }, {})).toMatchObject({ statusCode: 403 });
  expect(handle).not.toHaveBeenCalled();
  expect(await handler(event, {})).toMatchObject({ statusCode: 204 });
});
