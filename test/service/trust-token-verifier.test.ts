import { TrustTokenRefused } from '../../service/trust-token-refused';
import { TrustTokenVerifier, verifyTrustToken, type TrustTokenVerifierOptions } from '../../service/trust-token-verifier';
import { TokenSigner } from '../../runtime/token-signer';
import { JWKS, KEYS } from '../lambda/fixtures/issuer';
import { httpsServer } from '../lambda/fixtures/loopback-server';
import { CLAIMS, NOW, OPTIONS, trustToken } from './trust-token';

interface Attempt {
  readonly token?: string;
  readonly options?: Partial<TrustTokenVerifierOptions>;
}
const verified = ({ token = trustToken(), options = {} }: Attempt = {}) => verifyTrustToken(token, { ...OPTIONS, ...options });
const claims = (members: object): Attempt => ({ token: trustToken(members) });

const OBLIGED = { tctx: { ...CLAIMS.tctx, policies: ['tellers'], obligations: ['mask-balances', 'notify-owner'] } };

test('tells which policies permitted the call, and what they ask of the service', async () => {
  const { tctx } = await verified({ ...claims(OBLIGED), options: { obligations: ['mask-balances', 'notify-owner', 'other'] } });
  expect(tctx).toEqual(OBLIGED.tctx);
});

test('tells who asked for what', async () => {
  expect(await verified()).toEqual(CLAIMS);
});

test.each([
  ['a client whose users it has not seen', { subject_type: 'client', implicit_trust: true }, { subject_type: 'client', implicit_trust: true }],
  ['a client, where nothing says that it is a user', { subject_type: undefined }, { subject_type: 'client', implicit_trust: undefined }],
  ['a client, where something else says so', { subject_type: 'admin', implicit_trust: 'yes' }, { subject_type: 'client', implicit_trust: undefined }],
])('takes the subject for %s', async (_title, rctx, expected) => {
  const { subject_type, implicit_trust } = (await verified(claims({ rctx: { ...CLAIMS.rctx, ...rctx } }))).rctx;
  expect({ subject_type, implicit_trust }).toEqual(expected);
});

test.each<[string, string, number, Attempt, Attempt]>([
  ['an access token', 'token_type', 401, { token: trustToken({}, { header: { typ: 'at+jwt' } }) }, {}],
  ['another algorithm', 'algorithm_not_allowed', 401, { token: trustToken({}, { alg: 'RS256' }) }, {}],
  ['an unsigned token', 'algorithm_not_allowed', 401, { token: `${trustToken({}, { alg: 'none' })}AAAA` }, {}],
  ['another key', 'signature_invalid', 401, { token: trustToken({}, { key: 'otherEc', header: { kid: 'ec' } }) }, { token: trustToken({}, { key: 'otherEc' }) }],
  ['a key that is not published', 'key_unknown', 401, { token: trustToken({}, { header: { kid: 'x' } }) }, {}],
  ['a key brought along', 'header_not_allowed', 401, { token: trustToken({}, { header: { jwk: JWKS.keys[0] } }) }, {}],
  ['a token in pieces', 'token_malformed', 401, { token: 'a.b' }, {}],
  ['the trust domain of another environment', 'audience_mismatch', 401, claims({ aud: 'bank.example' }), claims({ aud: ['test.bank.example'] })],
  ['the issuer of another environment', 'issuer_mismatch', 401, claims({ iss: 'https://api.bank.example' }), {}],
  ['a token without an issuer', 'issuer_mismatch', 401, claims({ iss: undefined }), {}],
  ['an expired token', 'token_expired', 401, claims({ exp: NOW }), claims({ exp: NOW + 1 })],
  ['a token from the future', 'token_not_yet_valid', 401, claims({ iat: NOW + 6 }), claims({ iat: NOW + 5 })],
  ['a token that lives too long', 'token_lifetime', 401, claims({ exp: NOW + 300 }), claims({ exp: NOW + 299 })],
  ['a token without a transaction', 'claims_invalid', 401, claims({ txn: undefined }), {}],
  ['a token without a context', 'claims_invalid', 401, claims({ tctx: undefined }), {}],
  ['a token of another group', 'group_mismatch', 403, claims({ tctx: { ...CLAIMS.tctx, group: 'payments' } }), {}],
  ['a token of another service', 'service_mismatch', 403, { options: { service: 'other-api' } }, { options: { service: 'accounts-api' } }],
  ['a token with an obligation that the service does not perform', 'obligation_unknown', 403, { ...claims(OBLIGED), options: { obligations: ['mask-balances'] } }, { ...claims(OBLIGED), options: { obligations: ['mask-balances', 'notify-owner'] } }],
  ['a token with obligations, by default', 'obligation_unknown', 403, claims(OBLIGED), claims({ tctx: { ...CLAIMS.tctx, obligations: [] } })],
  ['obligations that are no list', 'claims_invalid', 401, claims({ tctx: { ...CLAIMS.tctx, obligations: 'mask-balances' } }), {}],
  ['a token without a scope', 'scope_insufficient', 403, { options: { scopes: ['accounts.read', 'accounts.write'] } }, { options: { scopes: ['accounts.read'] } }],
])('refuses %s', async (_title, reason, status, flawed, sound) => {
  await expect(verified(sound)).resolves.toBeDefined();
  const refused: unknown = await verified(flawed).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TrustTokenRefused);
  expect(refused).toMatchObject({ reason, problem: { status } });
});

test('refuses to be made for every group', () => {
  expect(() => new TrustTokenVerifier(OPTIONS)).not.toThrow();
  expect(() => new TrustTokenVerifier({ ...OPTIONS, group: undefined })).toThrow('write group, service, or both');
});

describe('from the environment', () => {
  const VARIABLES = { TRUST_DOMAIN: 'test.bank.example', TRUST_ISSUER: 'https://api.test.bank.example', TRUST_GROUP: 'accounts', TRUST_SERVICE: 'accounts-api' };
  const { keys, clock } = OPTIONS;
  const before = { ...process.env };
  const fromEnvironment = (variables: object, options: Partial<TrustTokenVerifierOptions> = {}): TrustTokenVerifier => {
    Object.assign(process.env, variables);
    return TrustTokenVerifier.fromEnvironment({ keys, clock, ...options });
  };
  afterEach(() => {
    process.env = { ...before };
  });

  test('accepts the tokens of the service that the variables name', async () => {
    await expect(fromEnvironment(VARIABLES).verify(trustToken())).resolves.toEqual(CLAIMS);
  });

  test.each([
    ['TRUST_DOMAIN', 'bank.example', 'audience_mismatch'],
    ['TRUST_ISSUER', 'https://api.bank.example', 'issuer_mismatch'],
    ['TRUST_GROUP', 'payments', 'group_mismatch'],
    ['TRUST_SERVICE', 'other-api', 'service_mismatch'],
  ])('refuses a token that %s does not name', async (variable, value, reason) => {
    await expect(fromEnvironment({ ...VARIABLES, [variable]: value }).verify(trustToken())).rejects.toMatchObject({ reason });
  });

  test('takes what is given before what the variables say', async () => {
    await expect(fromEnvironment({ ...VARIABLES, TRUST_SERVICE: '' }, { service: 'accounts-api', scopes: ['accounts.read'] }).verify(trustToken())).resolves.toEqual(CLAIMS);
    await expect(fromEnvironment(VARIABLES, { service: 'other-api' }).verify(trustToken())).rejects.toMatchObject({ reason: 'service_mismatch' });
  });

  test('checks what the variables say where an option is given as undefined', async () => {
    await expect(fromEnvironment({ ...VARIABLES, TRUST_GROUP: 'payments' }, { group: undefined }).verify(trustToken())).rejects.toMatchObject({ reason: 'group_mismatch' });
  });

  test('names every variable that is missing or empty', () => {
    expect(() => fromEnvironment({ TRUST_DOMAIN: 'test.bank.example', TRUST_ISSUER: '', TRUST_GROUP: 'accounts' })).toThrow(new TypeError(
      'a service needs to know whose tokens it accepts, got no TRUST_ISSUER, TRUST_SERVICE; write a BackendFunction, which sets them, or the options of TrustTokenVerifier',
    ));
  });
});

test('reads the keys of the gateway once, and answers 503 while they cannot be read', async () => {
  let reads = 0;
  const server = await httpsServer((request, response) => {
    reads += 1;
    response.writeHead(request.url === '/.well-known/jwks.json' ? 200 : 404).end(JSON.stringify(JWKS));
  });
  const verifier = new TrustTokenVerifier({ ...OPTIONS, keys: undefined, clock: undefined, issuer: server.url, ca: server.ca });
  const now = Math.floor(Date.now() / 1000);
  const signer = new TokenSigner(KEYS.ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'ec', 'txntoken+jwt');
  const token = signer.sign({ ...CLAIMS, iss: server.url, iat: now, exp: now + 60 });
  await expect(Promise.all([verifier.verify(token), verifier.verify(token)])).resolves.toHaveLength(2);
  expect(reads).toBe(1);
  await server.close();
  const late = new TrustTokenVerifier({ ...OPTIONS, keys: undefined, issuer: server.url, ca: server.ca });
  await expect(late.verify(token)).rejects.toMatchObject({ reason: 'dependency_failed', problem: { status: 503 } });
});
