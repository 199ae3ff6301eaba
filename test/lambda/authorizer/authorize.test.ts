import { verify } from 'node:crypto';
import { REFUSAL_REASONS, type RefusalReason } from '../../../lib/contract/audit-record';
import type { ClientPolicy } from '../../../lib/contract/authorizer-configuration';
import { DependencyFailure } from '../../../runtime/dependency-failure';
import { ClientCertificate } from '../../../lambda/authorizer/client-certificate';
import { authority, certificate, partnerAuthority } from '../fixtures/certificates';
import { accessToken, claimsOf, CONFIGURATION, decide, NOW, TRUST_PUBLIC_KEY, TXN, type Scenario } from '../fixtures/authorizer';
import { REFUSALS, type RefusalCase } from '../fixtures/refusals';
import { PartnerRevocation, Publication } from '../fixtures/revocation';
import { revocationList, serialOf } from '../fixtures/revocation-lists';

async function expectRefusal(reason: RefusalReason, status: RefusalCase['status'], flawed: Scenario, sound: Scenario): Promise<void> {
  expect((await decide(sound)).status).toBe(200);
  const { status: answered, records, result } = await decide(flawed);
  expect({ answered, reason: records.at(-1)?.reason }).toEqual({ answered: status, reason });
  expect(result?.context?.trustToken).toBeUndefined();
}

test.each(REFUSALS)('refuses $title', async ({ reason, status, flawed, sound = {} }) => {
  await expectRefusal(reason, status, flawed, sound);
});

const pem = certificate();
const system = async (members: Scenario = {}, cnf?: object): Promise<Scenario> => {
  const own = (await pem).pem;
  const token = accessToken({ client_id: 'acme-system', sub: 'acme-system', cnf: cnf ?? { 'x5t#S256': new ClientCertificate(own).thumbprint } });
  return { token, certificate: own, configuration: await partners(), ...members };
};
/** A domain with mutual TLS in which two clients of the partner are known. */
const partners = async () => {
  const certificates = [{ subject: 'CN=acme', issuers: [await partnerAuthority()] }];
  const { 'web-app': web, 'acme-system': acme } = CONFIGURATION.clients;
  return { clients: { 'web-app': { ...web!, certificates }, 'acme-system': { ...acme!, certificates } }, mutualTls: true };
};

test('refuses a caller without a certificate', async () => {
  await expectRefusal('certificate_missing', 403, await system({ certificate: undefined }), await system());
});

test('refuses the certificate of another consumer', async () => {
  const other = (await certificate({ subject: 'CN=globex' })).pem;
  const token = accessToken({ client_id: 'acme-system', sub: 'acme-system', cnf: { 'x5t#S256': new ClientCertificate(other).thumbprint } });
  await expectRefusal('certificate_mismatch', 403, await system({ certificate: other, token }), await system());
});

test('refuses a certificate that a token is not bound to, of the same consumer', async () => {
  const renewed = (await certificate()).pem;
  await expectRefusal('certificate_mismatch', 403, await system({ certificate: renewed }), await system());
});

test.each(['acme-system', 'web-app'])('refuses a token of %s that is not bound to a certificate, whatever the type of the client', async (client) => {
  const claims = { client_id: client, sub: client === 'web-app' ? 'user-1' : client };
  const bound = { token: accessToken({ ...claims, cnf: { 'x5t#S256': new ClientCertificate((await pem).pem).thumbprint } }) };
  await expectRefusal('certificate_mismatch', 403, await system({ token: accessToken(claims) }), await system(bound));
});

test("refuses a certificate in the client's name that another partner's authority issued", async () => {
  const impostor = (await (await authority('CN=Globex CA')).issue({ subject: 'CN=acme' })).pem;
  const token = accessToken({ client_id: 'acme-system', sub: 'acme-system', cnf: { 'x5t#S256': new ClientCertificate(impostor).thumbprint } });
  await expectRefusal('certificate_mismatch', 403, await system({ certificate: impostor, token }), await system());
});

/** The application of a partner that has authenticated its users itself. */
const trusted = async (members: Scenario = {}): Promise<Scenario> => {
  const configuration = await partners();
  const acme = { ...configuration.clients['acme-system'], type: 'trusted-application' };
  return system({ configuration: { ...configuration, clients: { 'acme-system': acme } }, ...members });
};

test('says of a trusted application that the trust in its users is implicit, and of a system that there is none', async () => {
  const rctxOf = async (scenario: Scenario) => claimsOf((await decide(scenario)).result?.context?.trustToken).rctx;
  expect(await rctxOf(await trusted())).toMatchObject({ authn: 'urn:ietf:rfc:8705', client_type: 'trusted-application', subject_type: 'client', implicit_trust: true });
  const ofSystem = await rctxOf(await system());
  expect(ofSystem).toMatchObject({ authn: 'urn:ietf:rfc:8705', client_type: 'system', subject_type: 'client' });
  expect(ofSystem).not.toHaveProperty('implicit_trust');
});

test('refuses implicit trust without mutual authentication, even where a configuration has forgotten to ask for it', async () => {
  const { clients } = (await trusted()).configuration!;
  const forgotten = { configuration: { clients, mutualTls: false } };
  const unbound = { token: accessToken({ client_id: 'acme-system', sub: 'acme-system' }) };
  await expectRefusal('certificate_missing', 403, await trusted({ ...forgotten, ...unbound, certificate: undefined }), await trusted(forgotten));
  await expectRefusal('certificate_mismatch', 403, await trusted({ ...forgotten, ...unbound }), await trusted(forgotten));
  const { certificates: _, ...unlisted } = clients!['acme-system']!;
  await expectRefusal('certificate_mismatch', 403, await trusted({ configuration: { clients: { 'acme-system': unlisted }, mutualTls: false } }), await trusted(forgotten));
});

test.each(['system', 'trusted-application'])('refuses a %s that holds a token of a user', async (type) => {
  const cnf = { 'x5t#S256': new ClientCertificate((await pem).pem).thumbprint };
  const stolen = { token: accessToken({ client_id: 'acme-system', sub: 'user-1', cnf }) };
  const scenario = type === 'system' ? system : trusted;
  await expectRefusal('subject_mismatch', 401, await scenario(stolen), await scenario());
});

test('refuses a bound token of another client type with another certificate', async () => {
  const { pem: own } = await pem;
  const bound = accessToken({ cnf: { 'x5t#S256': new ClientCertificate(own).thumbprint } });
  const sound = { token: bound, certificate: own, configuration: await partners() };
  await expectRefusal('certificate_mismatch', 403, { ...sound, certificate: (await certificate()).pem }, sound);
});

test('refuses a bound token without a certificate where none is asked for', async () => {
  const { pem: own } = await pem;
  const token = accessToken({ cnf: { 'x5t#S256': new ClientCertificate(own).thumbprint } });
  await expectRefusal('certificate_missing', 403, { token }, { token, certificate: own });
});

test('refuses an expired certificate', async () => {
  const expired = (await certificate({ notAfter: new Date('2025-01-01') })).pem;
  const token = accessToken({ client_id: 'acme-system', sub: 'acme-system', cnf: { 'x5t#S256': new ClientCertificate(expired).thumbprint } });
  await expectRefusal('certificate_mismatch', 403, await system({ certificate: expired, token }), await system());
});

test('refuses a client that declares no certificate', async () => {
  const configuration = await partners();
  const { certificates: _, ...undeclared } = configuration.clients['acme-system'];
  await expectRefusal('certificate_mismatch', 403, await system({ configuration: { ...configuration, clients: { 'acme-system': undeclared } } }), await system());
});

test('refuses a certificate that its authority revoked, on every route and however the client is recognised; where revocation is not declared it is good', async () => {
  const acme = await authority();
  const stolen = (await acme.issue()).pem;
  const { thumbprint } = new ClientCertificate(stolen);
  const pinned = { ...CONFIGURATION.clients['acme-system']!, certificates: [{ sha256: Buffer.from(thumbprint, 'base64url').toString('hex') }] };
  const named = { ...pinned, certificates: [{ subject: 'CN=acme', issuers: [acme.pem] }] };
  const publication = new Publication();
  publication.list = revocationList(acme, [serialOf(stolen)]);
  for (const client of [pinned, named]) {
    const scenario = await system({ certificate: stolen, configuration: { mutualTls: true, clients: { 'acme-system': client } }, token: accessToken({ client_id: 'acme-system', sub: 'acme-system', cnf: { 'x5t#S256': thumbprint } }) });
    const revocation = new PartnerRevocation([acme], { 'https://pki.acme.example/root.crl': publication }).checks;
    await expectRefusal('certificate_revoked', 403, { ...scenario, dependencies: { revocation } }, scenario);
  }
});

test('refuses every certificate of a partner whose list cannot be read, and says so to operators only', async () => {
  const acme = await authority();
  const { pem: own } = await acme.issue();
  const scenario = await system({
    certificate: own, configuration: { mutualTls: true, clients: { 'acme-system': { ...CONFIGURATION.clients['acme-system']!, certificates: [{ subject: 'CN=acme', issuers: [acme.pem] }] } } },
    token: accessToken({ client_id: 'acme-system', sub: 'acme-system', cnf: { 'x5t#S256': new ClientCertificate(own).thumbprint } }),
  });
  const { checks: revocation } = new PartnerRevocation([acme], { 'https://pki.acme.example/root.crl': new Publication() });
  await expectRefusal('revocation_unknown', 500, { ...scenario, dependencies: { revocation } }, scenario);
  const { message, records } = await decide({ ...scenario, dependencies: { revocation } });
  expect(message).toBe('The decision could not be made');
  expect(records.at(-1)).toMatchObject({ consumer: 'Acme', detail: expect.stringContaining('pki.acme.example') as string });
});

test('refuses a thumbprint below an authority that no list is declared for, unless an exception says so, and then the record does too', async () => {
  const acme = await authority();
  const { pem } = await (await acme.subordinate('CN=Brought by the client')).issue();
  const { thumbprint } = new ClientCertificate(pem);
  const client = { ...CONFIGURATION.clients['acme-system']!, certificates: [{ sha256: Buffer.from(thumbprint, 'base64url').toString('hex') }] };
  const scenario = (policy: ClientPolicy) => system({ certificate: pem, configuration: { mutualTls: true, clients: { 'acme-system': policy } }, token: accessToken({ client_id: 'acme-system', sub: 'acme-system', cnf: { 'x5t#S256': thumbprint } }) });
  const publication = new Publication();
  publication.list = revocationList(acme);
  const { checks: revocation } = new PartnerRevocation([acme], { 'https://pki.acme.example/root.crl': publication });
  const excepted = { ...await scenario({ ...client, notRevocable: true }), dependencies: { revocation } };
  await expectRefusal('revocation_unknown', 500, { ...await scenario(client), dependencies: { revocation } }, excepted);
  expect((await decide(excepted)).records.at(-1)).toMatchObject({ outcome: 'allowed', revocation: 'not_checked' });
  expect((await decide(await scenario(client))).records.at(-1)).not.toHaveProperty('revocation');
});

test('recognises a client by what is known of its private CAs, and refuses it while nothing is', async () => {
  const acme = await authority();
  const { pem } = await acme.issue();
  const client: ClientPolicy = { ...CONFIGURATION.clients['acme-system']!, certificates: [{ subject: 'CN=acme', issuers: [], privateIssuersOf: 'acme' }] };
  const scenario = await system({ certificate: pem, configuration: { mutualTls: true, clients: { 'acme-system': client } }, token: accessToken({ client_id: 'acme-system', sub: 'acme-system', cnf: { 'x5t#S256': new ClientCertificate(pem).thumbprint } }) });
  const known = { ...scenario, dependencies: { knownClient: async (one: ClientPolicy) => ({ ...one, certificates: [{ subject: 'CN=acme', issuers: [acme.pem] }] }) } };
  await expectRefusal('certificate_mismatch', 403, scenario, known);
  await expectRefusal('dependency_failed', 500, { ...scenario, dependencies: { knownClient: () => Promise.reject(new DependencyFailure('trust store', 'status 503')) } }, known);
});

test('covers every refusal reason', () => {
  const elsewhere: readonly RefusalReason[] = ['certificate_missing', 'certificate_mismatch', 'token_unbound', 'proof_missing', 'proof_invalid', 'proof_mismatch', 'proof_time', 'proof_replayed', 'api_key_missing', 'api_key_mismatch', 'rate_limit_exceeded', 'certificate_revoked', 'revocation_unknown', 'source_mismatch', 'marking_invalid', 'marking_exceeded', 'parameter_invalid'];
  expect(new Set([...REFUSALS.map(({ reason }) => reason), ...elsewhere])).toEqual(new Set(REFUSAL_REASONS));
});

test('answers a canary client as any other that is not listed; its record says which one it was', async () => {
  const token = accessToken({ client_id: 'legacy-batch' });
  const [canary, unknown] = [await decide({ token, configuration: { canaries: ['legacy-batch'] } }), await decide({ token })];
  const answer = ({ status, result }: typeof canary) => ({ status, policy: result?.policyDocument, principal: result?.principalId, challenge: result?.context?.challenge });
  expect(answer(canary)).toEqual(answer(unknown));
  expect(canary.records.at(-1)).toMatchObject({ reason: 'canary_presented', client: 'legacy-batch' });
});

test('takes a token that only claims to be a canary\'s, unsigned, for no use of it', async () => {
  const { records } = await decide({ token: `${accessToken({ client_id: 'legacy-batch' }).replace(/[^.]+$/, '')}AAAA`, configuration: { canaries: ['legacy-batch'] } });
  expect(records.at(-1)?.reason).not.toBe('canary_presented');
});

test('refuses a valid token at a honeypot as one of a client that is not subscribed, and names its client and subject', async () => {
  const honeypot = { 'accounts GET /accounts/{id}': { id: 'honeypot /accounts/{id}', service: '(honeypot)', group: '(honeypot)', scopes: [['(honeypot)']] } };
  const { status, records, result } = await decide({ configuration: { operations: honeypot } });
  expect([status, result?.context?.challenge]).toEqual([403, 'Bearer error="insufficient_scope"']);
  expect(records.at(-1)).toMatchObject({ operation: 'honeypot /accounts/{id}', client: 'web-app', subject: 'user-1' });
});

test('mints a trust token that says who asked for what', async () => {
  const { result, status } = await decide({ token: accessToken({ acr: 'high', amr: ['otp'], auth_time: NOW - 60 }) });
  expect(status).toBe(200);
  expect(result?.principalId).toBe('user-1');
  expect(result?.context).toMatchObject({ txn: TXN, consumer: 'Web' });
  const trustToken = String(result?.context?.trustToken);
  const [input, signature] = [trustToken.slice(0, trustToken.lastIndexOf('.')), trustToken.slice(trustToken.lastIndexOf('.') + 1)];
  expect(verify('sha256', Buffer.from(input), { key: TRUST_PUBLIC_KEY, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(claimsOf(trustToken)).toEqual({
    iss: 'https://api.test.bank.example', aud: 'test.bank.example', iat: NOW, exp: NOW + 60, txn: TXN, sub: 'user-1',
    scope: 'accounts.read', req_wl: 'gateway.public.test.bank.example',
    rctx: { req_ip: '198.51.100.7', authn: 'urn:ietf:rfc:6749', client_id: 'web-app', consumer: 'Web', client_type: 'browser', subject_type: 'user', acr: 'high', amr: ['otp'], auth_time: NOW - 60 },
    tctx: { environment: 'Test', security_domain: 'public', group: 'accounts', service: 'accounts', operation: 'getAccount', method: 'GET', resource: '/accounts/{id}' },
  });
});

test.each(['RS256', 'PS256', 'ES256', 'EdDSA'] as const)('accepts an access token signed with %s', async (alg) => {
  expect((await decide({ token: accessToken({}, { alg }) })).status).toBe(200);
});

test('allows the one request that was asked for', async () => {
  const { result } = await decide();
  expect(result?.policyDocument.Statement).toEqual([{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: expect.stringMatching(/GET\/accounts\/42$/) }]);
});

test('records the request before the decision and the decision after it', async () => {
  const { records } = await decide();
  const common = { type: 'authorization', txn: TXN, environment: 'Test', securityDomain: 'public', method: 'GET', resource: '/accounts/{id}', requestId: 'given-by-gateway' };
  expect(records).toEqual([
    expect.objectContaining({ ...common, outcome: 'requested' }),
    expect.objectContaining({ ...common, outcome: 'allowed', operation: 'getAccount', subject: 'user-1', client: 'web-app', consumer: 'Web' }),
  ]);
});

test('writes neither tokens nor a line of a caller into the log', async () => {
  const token = accessToken({ sub: 'user\n{"type":"authorization","outcome":"allowed"}\u2028\u001b[0m' });
  const { lines, records } = await decide({ token });
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toMatch(/[\n\u2028\u001b]|\\n|\\u/);
  expect(lines.join('')).not.toContain(token.split('.')[2]);
  expect(records[1]?.subject).toMatch(/^user\?/);
});

test('says nothing of an unexpected error but where it was thrown', async () => {
  const secret = 'eyJ-a-token';
  const { lines, status } = await decide({ dependencies: { signer: () => Promise.reject(new SyntaxError(`Unexpected token in ${secret}`)) } });
  expect(status).toBe(500);
  expect(lines.join('')).not.toContain(secret);
  expect(lines.join('')).toContain('"detail":"at ');
});

test('answers within the 8 KB of the gateway, or refuses: an answer it cannot carry would be a server error', async () => {
  const methods = (count: number) => ({ token: accessToken({ sub: 'ü'.repeat(500), acr: 'ü'.repeat(500), amr: Array<string>(count).fill('ü'.repeat(20)) }) });
  await expectRefusal('claims_invalid', 401, methods(60), methods(30));
  const { result } = await decide(methods(30));
  expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(8192);
});
