import { DependencyFailure } from '../../../runtime/dependency-failure';
import type { ReplayStore, Use } from '../../../runtime/replay-store';
import { accessToken, claimsOf, decide, NOW, requestEvent, TXN } from '../fixtures/authorizer';
import { boundToken, everyUseIsFirst, proof, proven, thumbprint } from '../fixtures/dpop';
import { demandPossession, ProofOfPossession } from '../../../lambda/authorizer/proof-of-possession';
import { GatewayRequest } from '../../../lambda/authorizer/gateway-request';

test('tells the service that possession was proven, and of which key', async () => {
  const { result } = await decide(proven());
  expect(claimsOf(result?.context?.trustToken).rctx).toMatchObject({ authn: 'urn:ietf:rfc:9449', jkt: thumbprint('ec'), client_id: 'phone-app' });
});

test('refuses the second use of a proof', async () => {
  const scenario = proven();
  expect((await decide(scenario)).status).toBe(200);
  const { status, records, result } = await decide(scenario);
  expect([status, records.at(-1)?.reason]).toEqual([403, 'proof_replayed']);
  expect(result?.context?.challenge).toBe('DPoP error="invalid_dpop_proof", algs="ES256 EdDSA PS256"');
  const replayed = proven({ uses: { isFirst: async () => false } });
  expect((await decide(replayed)).records.at(-1)?.reason).toBe('proof_replayed');
});

test('remembers a proof by its key and id, for as long as it would be accepted', async () => {
  const uses: Use[] = [];
  const store: ReplayStore = { isFirst: async (use) => { uses.push(use); return true; } };
  await decide(proven({ uses: store }));
  await decide(proven({ uses: store, proofs: [proof({ claims: { iat: NOW + 5, htu: 'https://api.test.bank.example/accounts/42?other' } })] }));
  const token = boundToken('otherEc');
  await decide(proven({ uses: store, token, proofs: [proof({ token, key: 'otherEc' })] }));
  expect(uses).toEqual([{ id: expect.stringMatching(/^[\w-]{43}$/), user: TXN, until: NOW + 60 }, expect.objectContaining({ id: uses[0]!.id, until: NOW + 65 }), expect.not.objectContaining({ id: uses[0]!.id })]);
});

test('remembers no proof that is refused', async () => {
  const isFirst = jest.fn(async () => true);
  await decide(proven({ uses: { isFirst }, proofs: [proof({ claims: { htm: 'POST' } })] }));
  await decide(proven({ uses: { isFirst }, proofs: [proof({ key: 'otherEc' })] }));
  expect(isFirst).not.toHaveBeenCalled();
});

test('fails closed where nobody knows whether a proof was used', async () => {
  const { status, records } = await decide(proven({ uses: { isFirst: async () => { throw new DependencyFailure('replay table', 'down'); } } }));
  expect([status, records.at(-1)]).toEqual([500, expect.objectContaining({ reason: 'dependency_failed', detail: 'replay table: down' })]);
});

test.each([
  ['a bound token', { token: boundToken('ec', { client_id: 'web-app' }) }], ['a bound token under Bearer', { token: boundToken('ec', { client_id: 'web-app' }), scheme: 'Bearer', proofs: [] }], ['the scheme DPoP', { token: accessToken() }],
])('knows no proof in a domain without: refuses %s', async (_, options) => {
  const { records } = await decide({ ...proven(options), configuration: {}, dependencies: {} });
  expect(records.at(-1)?.reason).toBe('claims_invalid');
});

test('never takes the token of a client that must prove possession as it is, whatever is missing', async () => {
  const { records } = await decide({ ...proven({ token: accessToken({ client_id: 'phone-app' }), scheme: 'Bearer', proofs: [] }), dependencies: {} });
  expect(records.at(-1)?.reason).toBe('claims_invalid');
});

test('asks nothing of a plain bearer token', () => {
  const request = new GatewayRequest(requestEvent());
  const asked = { request, credentials: { scheme: 'bearer', token: 'a' }, token: { subject: 's', clientId: 'c', scopes: new Set<string>(), expiresAt: 0 }, client: { consumer: 'c', type: 'browser', groups: [] }, txn: TXN, now: NOW } as const;
  expect(demandPossession(new ProofOfPossession({ host: 'a' }, everyUseIsFirst), asked)).toBeUndefined();
});

test.each(['DPoP', 'dpop', 'DPOP'])('reads the proof from the header %s', async (name) => {
  const { headers, ...scenario } = proven();
  expect((await decide({ ...scenario, headers: { Authorization: headers!.Authorization!, [name]: headers!.DPoP! } })).status).toBe(200);
});

test('refuses two proofs in headers of different spelling', async () => {
  const { headers, ...scenario } = proven();
  expect((await decide({ ...scenario, headers: { ...headers, dpop: [proof({ claims: { jti: 'other' } })] } })).records.at(-1)?.reason).toBe('proof_invalid');
});
