import { createHmac, sign } from 'node:crypto';
import type { RefusalReason } from '../../../lib/contract/audit-record';
import { accessToken, decide, NOW } from '../fixtures/authorizer';
import { boundToken, proof, proven, publicJwk, thumbprint, type ProofOptions, type ProvenOptions } from '../fixtures/dpop';
import { KEYS, type TestAlgorithm } from '../fixtures/issuer';

interface Attack {
  readonly title: string;
  readonly reason: RefusalReason;
  readonly flawed: ProvenOptions;
  /** The same request without the flaw; the plain one where absent. */
  readonly sound?: ProvenOptions;
}

const attack = (title: string, reason: RefusalReason, options: ProofOptions, sound?: ProofOptions): Attack =>
  ({ title, reason, flawed: { proofs: [proof(options)] }, ...sound && { sound: { proofs: [proof(sound)] } } });
const claim = (name: string, value: unknown, reason: RefusalReason = 'proof_mismatch'): Attack => attack(`${name} ${JSON.stringify(value)?.slice(0, 60)}`, reason, { claims: { [name]: value } });
const header = (name: string, value: unknown, reason: RefusalReason = 'proof_invalid'): Attack => attack(`header ${name} ${JSON.stringify(value)?.slice(0, 60)}`, reason, { header: { [name]: value as never } });
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const privateJwk = (name: 'ec' | 'rsa' | 'ed25519') => KEYS[name].privateKey.export({ format: 'jwk' });

/** A proof whose header and signature are anything. */
function crafted(members: object, signature: (input: Buffer) => Buffer): string {
  const [, payload = ''] = proof().split('.');
  const input = `${encoded({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk('ec'), ...members })}.${payload}`;
  return `${input}.${signature(Buffer.from(input)).toString('base64url')}`;
}
const ecdsa = (input: Buffer): Buffer => sign('sha256', input, { key: KEYS.ec.privateKey, dsaEncoding: 'ieee-p1363' });
const raw = (title: string, reason: RefusalReason, ...proofs: string[]): Attack => ({ title, reason, flawed: { proofs } });

const ATTACKS: readonly Attack[] = [
  raw('a request without a proof', 'proof_missing'),
  { title: 'a bound token under Bearer', reason: 'proof_missing', flawed: { scheme: 'Bearer' } },
  { title: 'a bound token under Bearer without a proof', reason: 'proof_missing', flawed: { scheme: 'Bearer', proofs: [] } },
  { title: "another client's bound token under Bearer", reason: 'proof_missing', flawed: { token: boundToken('ec', { client_id: 'web-app' }), scheme: 'Bearer', proofs: [] }, sound: { token: boundToken('ec', { client_id: 'web-app' }) } },
  { title: 'an unbound token under Bearer of a client that must prove possession', reason: 'token_unbound', flawed: { token: accessToken({ client_id: 'phone-app' }), scheme: 'Bearer', proofs: [] } },
  { title: 'an unbound token under DPoP', reason: 'token_unbound', flawed: { token: accessToken() }, sound: { token: accessToken(), scheme: 'Bearer', proofs: [] } },
  raw('two proofs', 'proof_invalid', proof(), proof({ claims: { jti: 'proof-2' } })),
  raw('two proofs in one header', 'proof_invalid', `${proof()}, ${proof()}`),
  raw('an empty proof', 'proof_invalid', ''),
  raw('no JWT', 'proof_invalid', 'proof'),
  raw('a JWT of two parts', 'proof_invalid', proof().split('.').slice(0, 2).join('.')),
  raw('a JWT of four parts', 'proof_invalid', `${proof()}.AAAA`),
  raw('another base64 spelling', 'proof_invalid', `${proof()}=`),
  raw('white space around it', 'proof_invalid', ` ${proof()}`),
  attack('an oversized proof', 'proof_invalid', { claims: { padding: 'x'.repeat(3500) } }, { claims: { padding: 'x'.repeat(1500) } }),
  attack('duplicate claims', 'proof_invalid', { payload: '{"jti":"a","jti":"b"}' }),
  attack('claims that are no object', 'proof_invalid', { payload: '[]' }),
  ...['JWT', 'at+jwt', 'txntoken+jwt', '', undefined, 7, 'application/dpop+jwt'].map((typ) => header('typ', typ)),
  ...['none', 'None', 'HS256', 'HS512', 'ES384', 'es256', 'RS256', '', null, ['ES256'], 'constructor'].map((alg) => raw(`alg ${JSON.stringify(alg)}`, 'proof_invalid', crafted({ alg }, ecdsa))),
  ...(['none', 'HS256', 'RS256'] as TestAlgorithm[]).map((alg) => raw(`a proof that is signed by ${alg}`, 'proof_invalid', `${proof({ alg, key: 'rsa' })}${alg === 'none' ? 'AAAA' : ''}`)),
  raw('an HMAC of the public key', 'proof_invalid', crafted({ alg: 'HS256' }, (input) => createHmac('sha256', JSON.stringify(publicJwk('ec'))).update(input).digest())),
  raw('a symmetric key in the header', 'proof_invalid', crafted({ alg: 'HS256', jwk: { kty: 'oct', k: 'AAAA' } }, (input) => createHmac('sha256', Buffer.alloc(3)).update(input).digest())),
  raw('the private key in the header', 'proof_invalid', crafted({ jwk: privateJwk('ec') }, ecdsa)),
  ...['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].map((member) => raw(`the private member ${member} in the header's key`, 'proof_invalid', crafted({ jwk: { ...publicJwk('ec'), [member]: '' } }, ecdsa))),
  ...[undefined, null, '', 'key', [], {}, [publicJwk('ec')]].map((jwk) => raw(`the key ${JSON.stringify(jwk)?.slice(0, 30)}`, jwk !== null && typeof jwk === 'object' && !Array.isArray(jwk) ? 'proof_mismatch' : 'proof_invalid', crafted({ jwk }, ecdsa))),
  ...['crit', 'b64', 'jku', 'x5u', 'x5c', 'zip', 'enc'].map((name) => header(name, 'x')),
  raw('a key that is for encryption', 'proof_invalid', crafted({ jwk: { ...publicJwk('ec'), use: 'enc' } }, ecdsa)),
  raw('a key that is for another algorithm', 'proof_invalid', crafted({ jwk: { ...publicJwk('ec'), alg: 'EdDSA' } }, ecdsa)),
  raw('a key of another type than the algorithm', 'proof_invalid', crafted({ alg: 'PS256' }, ecdsa)),
  { title: 'a weak key', reason: 'proof_invalid', flawed: weak('weakRsa'), sound: weak('rsa') },
  attack('a proof by another key', 'proof_mismatch', { key: 'otherEc' }),
  attack("another key's signature under the bound key", 'proof_invalid', { key: 'otherEc', header: { jwk: publicJwk('ec') } }),
  raw('a psychic signature', 'proof_invalid', crafted({}, () => Buffer.alloc(64))),
  raw('an ES256 signature in DER', 'proof_invalid', crafted({}, (input) => sign('sha256', input, KEYS.ec.privateKey))),
  raw('changed claims', 'proof_invalid', proof().replace(/\..*\./, `.${encoded({ jti: 'x' })}.`)),
  { title: 'a token that is bound to another key', reason: 'proof_mismatch', flawed: bound({ jkt: thumbprint('otherEc') }), sound: bound({ jkt: thumbprint('ec') }) },
  { title: 'a token that is bound to the hexadecimal thumbprint', reason: 'proof_mismatch', flawed: bound({ jkt: Buffer.from(thumbprint('ec'), 'base64url').toString('hex') }) },
  { title: 'a token that is bound in a way nobody knows', reason: 'claims_invalid', flawed: bound({ jkt: thumbprint('ec'), jwk: publicJwk('ec') }) },
  { title: 'a token that is bound to nothing', reason: 'claims_invalid', flawed: bound({}) },
  { title: 'a token that is bound to a certificate as well', reason: 'certificate_missing', flawed: bound({ jkt: thumbprint('ec'), 'x5t#S256': 'AAAA' }) },
  ...['POST', 'get', 'HEAD', '', 'GET ', ['GET'], undefined].map((htm) => claim('htm', htm, htm === '' || typeof htm !== 'string' ? 'proof_invalid' : 'proof_mismatch')),
  ...[
    'https://api.test.bank.example/accounts/43', 'https://api.test.bank.example/accounts/42/', 'https://api.test.bank.example/Accounts/42', 'https://api.test.bank.example//accounts/42',
    'http://api.test.bank.example/accounts/42', 'https://api.test.bank.example:8443/accounts/42', 'https://api.test.bank.example./accounts/42', 'https://api.bank.example/accounts/42',
    'https://api.test.bank.example@evil.example/accounts/42', 'https://evil.example/https://api.test.bank.example/accounts/42', 'https://api.test.bank.example/accounts%2f42', 'https://api.test.bank.example/accounts/4%2532',
    'https://api.test.bank.example\\accounts\\42', '/accounts/42', '', 'https://api.test.bank.example/accounts/42%', 'https://internal.test.bank.example/accounts/42', `https://api.test.bank.example/${'a/'.repeat(800)}`,
  ].map((htu) => claim('htu', htu)),
  ...[undefined, 7, ['https://api.test.bank.example/accounts/42']].map((htu) => claim('htu', htu, 'proof_invalid')),
  ...['AAAA', accessToken(), 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo'].map((ath) => claim('ath', ath, ath.length > 512 ? 'proof_invalid' : 'proof_mismatch')),
  ...[undefined, '', 7].map((ath) => claim('ath', ath, 'proof_invalid')),
  attack('a proof that was made for another token', 'proof_mismatch', { token: boundToken('ec', { jti: 'token-2' }) }),
  ...[NOW - 60, NOW - 3600, NOW + 6, NOW + 3600, 0].map((iat) => claim('iat', iat, 'proof_time')),
  ...[undefined, `${NOW}`, NOW + 0.5, -1, 1e300, null].map((iat) => claim('iat', iat, 'proof_invalid')),
  claim('exp', NOW, 'proof_time'),
  claim('nbf', NOW + 6, 'proof_time'),
  ...[undefined, '', 7, 'x'.repeat(513), ['proof-1']].map((jti) => claim('jti', jti, 'proof_invalid')),
  { title: 'a proof for the method on another one', reason: 'operation_unknown', flawed: { method: 'POST' } },
  { title: 'a path with segments that a server resolves', reason: 'proof_mismatch', flawed: { path: '/accounts/./42' } },
  { title: 'a path with encoded segments that a server resolves', reason: 'proof_mismatch', flawed: { path: '/accounts/x/%2e%2e/42' } },
  { title: 'a proof for the path without its base path', reason: 'proof_mismatch', flawed: { path: '/v2/accounts/42' } },
];

function bound(cnf: object): ProvenOptions {
  const token = accessToken({ client_id: 'phone-app', cnf });
  return { token, proofs: [proof({ token })] };
}

function weak(key: 'rsa' | 'weakRsa'): ProvenOptions {
  const token = boundToken(key);
  return { token, proofs: [proof({ token, key, alg: 'PS256' })] };
}

test.each(ATTACKS)('refuses $title', async ({ reason, flawed, sound }) => {
  expect((await decide(proven(sound))).status).toBe(200);
  const { records, result } = await decide(proven(flawed));
  expect(records.at(-1)?.reason).toBe(reason);
  expect(result?.context?.trustToken).toBeUndefined();
});

test.each([
  ['htu', 'https://api.test.bank.example/accounts/42?a=b#c'], ['htu', 'HTTPS://API.TEST.bank.example:443/accounts/%34%32'], ['htu', 'https://api.test.bank.example/x/../accounts/42'],
  ['iat', NOW - 59], ['iat', NOW + 5], ['jti', 'x'.repeat(512)], ['nonce', 'of another server'], ['exp', NOW + 1],
])('accepts the %s %j', async (name, value) => {
  expect((await decide(proven({ proofs: [proof({ claims: { [name]: value } })] }))).status).toBe(200);
});

test.each([['ES256', 'ec'], ['EdDSA', 'ed25519'], ['PS256', 'rsa']] as const)('accepts proofs by %s', async (alg, key) => {
  const token = boundToken(key);
  expect((await decide(proven({ token, proofs: [proof({ token, alg, key })] }))).status).toBe(200);
});

test('accepts the type in any case, and a key id, which names nothing', async () => {
  expect((await decide(proven({ proofs: [proof({ header: { typ: 'DPoP+JWT', kid: 'of the client' } })] }))).status).toBe(200);
});
