import { randomBytes } from 'node:crypto';
import { IntrospectedTokens, isOpaque, MAX_OPEN_QUESTIONS, MAX_REMEMBERED_TOKENS } from '../../../lambda/authorizer/introspected-tokens';
import type { IntrospectionPolicy } from '../../../lib/contract/authorizer-configuration';
import { DependencyFailure } from '../../../runtime/dependency-failure';
import type { JsonObject } from '../../../runtime/json';
import { accessToken, CLAIMS, CONFIGURATION, decide, INTROSPECTION, NOW } from '../fixtures/authorizer';

const TOKEN = 'YWJjZGVm';
const ACTIVE: JsonObject = { ...CLAIMS, jti: undefined, active: true, token_type: 'Bearer' };

/** An issuer whose answers tests change, on a clock that tests move. */
function issuer(introspection: Partial<IntrospectionPolicy> = {}) {
  const state = { now: NOW * 1000, asked: [] as string[], answer: (): JsonObject | Promise<JsonObject> => ACTIVE, failures: [] as string[] };
  const tokens = new IntrospectedTokens({
    policy: { ...CONFIGURATION.accessToken, introspection: { ...INTROSPECTION, ...introspection } },
    endpoint: {
      answer: async (token) => {
        state.asked.push(token);
        return state.answer();
      },
    },
    clock: () => state.now,
    onFailure: ({ message }) => state.failures.push(message),
  });
  return { state, tokens, says: (answer: JsonObject) => { state.answer = () => answer; } };
}

const down = (): Promise<JsonObject> => Promise.reject(new DependencyFailure('idp.test.example', 'ECONNREFUSED'));

test('tells of an opaque token what a JWT would tell', async () => {
  const { tokens, says } = issuer();
  says({ ...ACTIVE, iss: CLAIMS.iss, nbf: NOW, acr: 'high', amr: ['otp'], auth_time: NOW, cnf: { 'x5t#S256': 'abc' }, username: 'ignored' });
  expect(await tokens.token(TOKEN)).toEqual({
    subject: 'user-1', clientId: 'web-app', scopes: new Set(['accounts.read', 'profile']), expiresAt: NOW + 200,
    acr: 'high', amr: ['otp'], authTime: NOW, boundCertificate: 'abc',
  });
});

test.each<[string, JsonObject, string, JsonObject?]>([
  ['a revoked token', { ...ACTIVE, active: false }, 'token_inactive'],
  ['another issuer', { ...ACTIVE, iss: 'https://idp.example' }, 'issuer_mismatch', { ...ACTIVE, iss: CLAIMS.iss }],
  ['another audience', { ...ACTIVE, aud: 'https://api.bank.example' }, 'audience_mismatch', { ...ACTIVE, aud: ['x', CLAIMS.aud] }],
  ['no audience', { ...ACTIVE, aud: undefined }, 'audience_mismatch'],
  ['an expired token', { ...ACTIVE, exp: NOW }, 'token_expired', { ...ACTIVE, exp: NOW + 1 }],
  ['no expiry', { ...ACTIVE, exp: undefined }, 'claims_invalid'],
  ['no issue time', { ...ACTIVE, iat: undefined }, 'claims_invalid'],
  ['an expiry as text', { ...ACTIVE, exp: String(NOW + 10) }, 'claims_invalid'],
  ['a token that lives too long', { ...ACTIVE, iat: NOW - 100, exp: NOW + 201 }, 'token_lifetime', { ...ACTIVE, iat: NOW - 100, exp: NOW + 200 }],
  ['a token of tomorrow', { ...ACTIVE, nbf: NOW + 6 }, 'token_not_yet_valid', { ...ACTIVE, nbf: NOW + 5 }],
  ['a refresh token, which has no type', { ...ACTIVE, token_type: undefined }, 'token_type', { ...ACTIVE, token_type: 'bearer' }],
  ['a token of another type', { ...ACTIVE, token_type: 'mac' }, 'token_type'],
  ['a token for proofs whose key is not told', { ...ACTIVE, token_type: 'DPoP' }, 'token_type', { ...ACTIVE, token_type: 'DPoP', cnf: { jkt: 'x' } }],
  ['an empty subject', { ...ACTIVE, sub: '' }, 'claims_invalid'],
  ['no client', { ...ACTIVE, client_id: undefined }, 'claims_invalid', { ...ACTIVE, client_id: undefined, azp: 'web-app' }],
  ['two clients', { ...ACTIVE, azp: 'acme-system' }, 'claims_invalid'],
  ['scopes as a list', { ...ACTIVE, scope: ['accounts.read'] }, 'claims_invalid'],
  ['a confirmation that is not understood', { ...ACTIVE, cnf: { kid: 'x' } }, 'claims_invalid', { ...ACTIVE, cnf: { 'x5t#S256': 'x' } }],
  ['a confirmation of none', { ...ACTIVE, cnf: {} }, 'claims_invalid'],
])('refuses an answer of %s', async (_title, flawed, reason, sound = ACTIVE) => {
  const { tokens, says } = issuer();
  says(sound);
  await expect(tokens.token(`${TOKEN}sound`)).resolves.toBeDefined();
  says(flawed);
  await expect(tokens.token(TOKEN)).rejects.toThrow(reason);
});

test.each<[string, JsonObject]>([['"true"', { ...ACTIVE, active: 'true' }], ['1', { ...ACTIVE, active: 1 }], ['nothing', { ...ACTIVE, active: undefined }]])('fails on an answer whose active is %s', async (_title, answer) => {
  const { state, tokens, says } = issuer();
  says(answer);
  await expect(tokens.token(TOKEN)).rejects.toThrow(DependencyFailure);
  expect(state.failures).toEqual(['idp.test.example: the answer does not say whether the token is active']);
});

test('asks answers from another host to name the issuer', async () => {
  const silent = { ...ACTIVE, iss: undefined };
  const own = issuer();
  own.says(silent);
  await expect(own.tokens.token(TOKEN)).resolves.toBeDefined();
  const other = issuer({ issuerRequired: true });
  other.says(silent);
  await expect(other.tokens.token(TOKEN)).rejects.toThrow('issuer_mismatch');
});

test('refuses a revoked token at the end of what is remembered, and not later', async () => {
  const { state, tokens, says } = issuer();
  await tokens.token(TOKEN);
  says({ active: false });
  state.now += 29_999;
  await expect(tokens.token(TOKEN)).resolves.toBeDefined();
  expect(state.asked).toHaveLength(1);
  state.now += 1;
  await expect(tokens.token(TOKEN)).rejects.toThrow('token_inactive');
});

test('remembers nothing beyond the expiry, and from the time of the question on', async () => {
  const { state, tokens, says } = issuer({ cacheSeconds: 300 });
  says({ ...ACTIVE, exp: NOW + 20 });
  await tokens.token(TOKEN);
  state.now += 20_000;
  await expect(tokens.token(TOKEN)).rejects.toThrow('token_expired');
  const slow = issuer();
  slow.state.answer = () => {
    slow.state.now += 3000;
    return ACTIVE;
  };
  await slow.tokens.token(TOKEN);
  slow.state.now += 27_000;
  await slow.tokens.token(TOKEN);
  expect(slow.state.asked).toHaveLength(2);
});

test('asks at each request where nothing is to be remembered', async () => {
  const { state, tokens } = issuer({ cacheSeconds: 0 });
  await tokens.token(TOKEN);
  await tokens.token(TOKEN);
  expect(state.asked).toHaveLength(2);
});

test('asks once for all who send a token meanwhile', async () => {
  const { state, tokens } = issuer();
  await Promise.all(Array.from({ length: 50 }, () => tokens.token(TOKEN)));
  expect(state.asked).toEqual([TOKEN]);
});

test('asks again about a refused token after five seconds, and about an unanswered one at once', async () => {
  const { state, tokens, says } = issuer();
  says({ active: false });
  await expect(tokens.token(TOKEN)).rejects.toThrow('token_inactive');
  says(ACTIVE);
  state.now += 4999;
  await expect(tokens.token(TOKEN)).rejects.toThrow('token_inactive');
  state.now += 1;
  await expect(tokens.token(TOKEN)).resolves.toBeDefined();
  state.answer = down;
  await expect(tokens.token('b3RoZXI')).rejects.toThrow('ECONNREFUSED');
  says(ACTIVE);
  await expect(tokens.token('b3RoZXI')).resolves.toBeDefined();
});

test('serves remembered tokens through an outage until their time ends, and refuses all others', async () => {
  const { state, tokens } = issuer();
  await tokens.token(TOKEN);
  state.answer = down;
  state.now += 29_000;
  await expect(tokens.token(TOKEN)).resolves.toBeDefined();
  await expect(tokens.token('b3RoZXI')).rejects.toThrow(DependencyFailure);
  state.now += 1000;
  await expect(tokens.token(TOKEN)).rejects.toThrow(DependencyFailure);
});

test('keeps good tokens and flat memory through a flood of random ones', async () => {
  const { tokens, says } = issuer();
  await tokens.token(TOKEN);
  says({ active: false });
  for (let index = 0; index < 3 * MAX_REMEMBERED_TOKENS; index += 1) {
    await expect(tokens.token(randomBytes(32).toString('base64url'))).rejects.toThrow('token_inactive');
  }
  const { good, refused, open } = tokens as unknown as Record<'good' | 'refused' | 'open', { readonly size: number }>;
  expect([good.size, refused.size, open.size]).toEqual([1, MAX_REMEMBERED_TOKENS, 0]);
  await expect(tokens.token(TOKEN)).resolves.toBeDefined();
});

test('opens few questions at a time: a flood at a slow issuer is refused at once, remembered tokens are served, and then the next', async () => {
  const { state, tokens, says } = issuer();
  await tokens.token(TOKEN);
  const answers: ((answer: JsonObject) => void)[] = [];
  state.answer = () => new Promise((resolve) => { answers.push(resolve); });
  const flood = Array.from({ length: 500 }, (_, index) => tokens.token(`cmFuZG9t${index}`).then(() => 'served', (error: Error) => error.message));
  await expect(tokens.token(TOKEN)).resolves.toBeDefined();
  expect(answers).toHaveLength(MAX_OPEN_QUESTIONS);
  answers.forEach((answer) => { answer({ active: false }); });
  const outcomes = await Promise.all(flood);
  expect(outcomes.filter((outcome) => outcome === 'introspection: too many questions are open')).toHaveLength(500 - MAX_OPEN_QUESTIONS);
  expect(outcomes.filter((outcome) => outcome === 'token_inactive')).toHaveLength(MAX_OPEN_QUESTIONS);
  says(ACTIVE);
  await expect(tokens.token('bmV4dA')).resolves.toBeDefined();
});

test.each([['é', 'token_malformed'], ['a\nb', 'token_malformed'], ['a,b', 'token_malformed'], ['=', 'token_malformed'], ['x'.repeat(8193), 'token_too_large']])('asks nobody about %j', async (token, reason) => {
  const { state, tokens } = issuer();
  await expect(tokens.token(token)).rejects.toThrow(reason);
  expect(state.asked).toEqual([]);
});

test('remembers a digest, never a token', async () => {
  const { tokens } = issuer();
  await tokens.token('c2VjcmV0LXRva2Vu');
  const { good } = tokens as unknown as { readonly good: { readonly entries: Map<string, unknown> } };
  expect([...good.entries.keys()]).toEqual([expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)]);
  expect(JSON.stringify([...good.entries])).not.toContain('c2VjcmV0LXRva2Vu');
});

test('takes for opaque what has not the form of a JWT', () => {
  expect(['abc', 'a.b', 'a.b.c', '..', 'a.b.c.d', 'a.b.c.d.e'].map(isOpaque)).toEqual([true, true, false, false, true, true]);
});

test('takes an answer without a subject for a token of the client itself, which a client with users may not have', async () => {
  const { tokens, says } = issuer();
  const said = async (client: string) => {
    says({ ...ACTIVE, client_id: client, sub: undefined });
    const { status, records } = await decide({ token: `${TOKEN}${client}`, dependencies: { introspected: tokens } });
    return [status, records.at(-1)?.reason, records.at(-1)?.subject];
  };
  expect(await said('acme-system')).toEqual([200, undefined, 'acme-system']);
  expect(await said('web-app')).toEqual([401, 'subject_mismatch', 'web-app']);
});

test('never asks about a JWT, whatever is wrong with it', async () => {
  const { state, tokens } = issuer();
  const forged = accessToken({}, { alg: 'ES256', key: 'otherEc', header: { kid: 'ec' } });
  for (const token of [forged, accessToken({ exp: NOW }), 'a.b.c', '..']) {
    expect((await decide({ token, dependencies: { introspected: tokens } })).status).toBe(401);
  }
  expect(state.asked).toEqual([]);
  expect((await decide({ token: TOKEN, dependencies: { introspected: tokens } })).status).toBe(200);
});

test('holds an opaque token to the certificate it is bound to', async () => {
  const { tokens, says } = issuer();
  says({ ...ACTIVE, cnf: { 'x5t#S256': 'abc' } });
  const { status, records } = await decide({ token: TOKEN, dependencies: { introspected: tokens } });
  expect([status, records.at(-1)?.reason]).toEqual([403, 'certificate_missing']);
});

test.each<[string, () => JsonObject | Promise<JsonObject>]>([['is good', () => ACTIVE], ['is revoked', () => ({ active: false })], ['nobody speaks of', down], ['meets an error', () => { throw new TypeError(TOKEN); }]])('writes no token that %s into the log', async (_title, answer) => {
  const { state, tokens } = issuer();
  state.answer = answer;
  const { lines } = await decide({ token: TOKEN, dependencies: { introspected: tokens } });
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toContain(TOKEN);
});
