import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { assess } from '../../assess/assess';
import { readEnvironment } from '../../assess/environment-reader';
import { FAMILIES } from '../../assess/families';
import { jsonReport } from '../../assess/json-report';
import { junit } from '../../assess/junit';
import { LocalTarget } from '../../assess/local-target';
import { assessmentResults } from '../../assess/oscal';
import { inState, type Assessment } from '../../assess/result';
import { summaryTable } from '../../assess/summary-table';
import { startLocalGateway, type LocalGateway } from '../../local/start';
import { assessCommand } from '../../bin/assess-command';
import { LocalClient } from '../../local/client';
import { CertificateAuthority } from '../../local/peer/certificate-authority';
import { assessedAssembly, WeakenedAssembly } from './weakened-assembly';

const out = `${__dirname}/../../out/test-assess`;
let original: string;
const running: LocalGateway[] = [];
let soundGateway: LocalGateway;
let weakGateway: LocalGateway;
let sound: Assessment;
let weak: Assessment;

/** Starts the gateway of an assembly and assesses it against the promises of the same assembly. */
async function assessed(app: string, name: string): Promise<readonly [LocalGateway, Assessment]> {
  const gateway = await startLocalGateway({ app, environment: 'Test', out: `${out}/${name}`, log: () => undefined });
  running.push(gateway);
  return [gateway, await assess(readEnvironment(app, 'Test'), new LocalTarget('local', gateway.endpoints), { intrusive: true, honeypots: true, budget: 3000, rate: 1000 })];
}

function failedIds({ results }: Assessment): string[] {
  return inState(results, 'failed').map((result) => result.case.id).sort();
}

/** Takes one protection out for every family, each from an API or a domain of its own. */
function weaken(assembly: WeakenedAssembly): void {
  assembly.properties('TestPublic', 'AWS::ApiGateway::DomainName', (domain) => { domain.SecurityPolicy = 'TLS_1_2'; });
  assembly.properties('TestPartner', 'AWS::ApiGateway::DomainName', (domain) => { delete domain.MutualTlsAuthentication; });
  assembly.template('TestPublicCards', (resources) => {
    for (const [id, { Type }] of Object.entries(resources)) if (Type === 'AWS::WAFv2::WebACLAssociation') Reflect.deleteProperty(resources, id);
  });
  assembly.body('TestPublicCards', ({ paths }) => { paths!['/cards/{id}']!.get!.security = [] as unknown as never; });
  assembly.body('TestPublicAccounts', ({ paths, 'x-amazon-apigateway-gateway-responses': responses }) => {
    const preflight = paths!['/accounts/{id}']!.options!['x-amazon-apigateway-integration']!.responses!.default!.responseParameters!;
    preflight['method.response.header.Access-Control-Allow-Origin'] = "'*'" as unknown as never;
    responses!.UNAUTHORIZED!.responseParameters!['gatewayresponse.header.Access-Control-Allow-Origin'] = "'*'" as unknown as never;
  });
  assembly.body('TestInternalAccounts', ({ 'x-amazon-apigateway-request-validators': validators, 'x-amazon-apigateway-gateway-responses': responses }) => {
    validators!.everything = { validateRequestBody: false, validateRequestParameters: false } as unknown as never;
    delete responses!.UNAUTHORIZED!.responseParameters!['gatewayresponse.header.Strict-Transport-Security'];
  });
  assembly.body('TestInternalCards', ({ paths }) => {
    const answer = paths!['/cards/{id}']!['x-amazon-apigateway-any-method']!['x-amazon-apigateway-integration']!;
    answer.requestTemplates = { 'application/json': '{"statusCode": 200}' } as unknown as never;
    answer.responses!.default!.statusCode = '200' as unknown as never;
    // Without this requirement the platform counts nothing in the usage plan.
    paths!['/cards/{id}']!.get!.security = (paths!['/cards/{id}']!.get!.security as unknown as object[]).slice(0, 1) as unknown as never;
  });
  assembly.body('TestPublic', ({ paths }) => { paths!['/admin/users/export']!.get!.security = [] as unknown as never; });
  assembly.handler(/application\/jwk-set\+json/, 'exports.handler = async () => ({ statusCode: 200, body: JSON.stringify({ keys: [{ kty: "EC", d: "secret" }] }) });');
}

/** What must be found, by the protection that is missing. */
const FOUND: readonly (readonly [missing: string, ids: readonly string[]])[] = [
  ['TLS 1.3 only', ['transport/refuses-tls-1.2/public']],
  ['mutual TLS', ['client-certificates/refuses-none/partner /accounts/accounts/assessment-0', 'client-certificates/refuses-foreign/partner /accounts/accounts/assessment-0']],
  ['the authorizer of an operation', [
    'authentication/no-token/public GET /cards/cards/assessment-0', 'authentication/self-signed/public GET /cards/cards/assessment-0', 'authentication/expired/public GET /cards/cards/assessment-0',
    'authentication/tampered/public GET /cards/cards/assessment-0', 'authorization/no-scope/public GET /cards/cards/assessment-0', 'authorization/reserved-txn_token/public GET /cards/cards/assessment-0',
  ]],
  ['the web ACL of an API', [
    'paths/encoded-slash/public /cards', 'methods/override-x-http-method-override/public /cards', 'content-types/undeclared/public POST /cards/cards', 'limits/body/public /cards',
    'authorization/forged-trust-token/public GET /cards/cards/assessment-0',
  ]],
  ['the exact origin', ['cors/foreign-preflight/public /accounts', 'cors/own-preflight/public /accounts', 'cors/foreign-refusal/public /accounts']],
  ['the request validator', ['validation/schema/internal POST /accounts/accounts', 'validation/missing-year/internal GET /accounts/statements', 'limits/depth/internal /accounts']],
  ['a security header', ['headers/no-token/internal /accounts']],
  ['the refusal of other methods', ['methods/undeclared/internal POST /cards/cards/assessment-0']],
  ['the usage plan', ['limits/consumer-rate/internal /cards']],
  ['the guise of a honeypot', ['honeypots/as-an-operation/public GET /admin/users/export']],
  ['the privacy of a signing key', ['published-keys/public-members/internal']],
];

beforeAll(async () => {
  original = assessedAssembly();
  [soundGateway, sound] = await assessed(original, 'sound');
  const weakened = new WeakenedAssembly(original, `${out}/weakened.out`);
  weaken(weakened);
  [weakGateway, weak] = await assessed(weakened.app, 'weak');
}, 120_000);
afterAll(async () => {
  for (const gateway of running) await gateway.close();
  rmSync(out, { recursive: true, force: true });
});

test('finds nothing wrong with a gateway that keeps its promises, and tries every family', () => {
  expect(failedIds(sound)).toEqual([]);
  const tried = new Set(inState(sound.results, 'held').map((result) => result.case.family));
  expect([...tried].sort()).toEqual(FAMILIES.map(({ name }) => name).sort());
});

test.each(FOUND)('finds out that %s is missing', (_missing, ids) => {
  expect(failedIds(weak)).toEqual(expect.arrayContaining([...ids]));
});

test('blames nothing else', () => {
  const weakened = / (?:GET \/cards\/cards|POST \/cards\/cards|\/cards$)|public \/accounts$|internal .*\/accounts|refuses-tls-1.2|\/partner |published-keys|honeypots/;
  // Services refuse everybody while the keys that verify trust tokens are wrong.
  expect(failedIds(weak).filter((id) => !weakened.test(id) && !id.startsWith('authorization/admits/'))).toEqual([]);
});

test('gives each case a stable id of its own', () => {
  const ids = sound.results.map((result) => result.case.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(weak.results.map((result) => result.case.id).sort()).toEqual(ids.sort());
});

test('writes nothing secret into a report', () => {
  const reports = [jsonReport(weak), junit(weak), JSON.stringify(assessmentResults(weak)), summaryTable(weak, false)].join('\n');
  const secrets = Object.values(weakGateway.endpoints.domains).flatMap(({ clients }) => Object.values(clients).flatMap(({ secret, apiKey }) => [secret, apiKey])).filter((secret) => secret !== undefined);
  expect(secrets.length).toBeGreaterThan(2);
  for (const secret of secrets) expect(reports).not.toContain(secret);
  // The one token that a report may hold is the forged trust token, which is the same for everybody.
  expect(reports.replaceAll('eyJhbGciOiJub25lIn0.e30.', '')).not.toMatch(/eyJ|PRIVATE KEY/);
});

describe('on the command line', () => {
  let printed = '';

  async function run(...args: readonly string[]): Promise<number> {
    printed = '';
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
    try {
      return await assessCommand.run(['--app', original, '--environment', 'Test', '--out', `${out}/reports`, ...args]);
    } finally {
      write.mockRestore();
    }
  }

  function readyFile(gateway: LocalGateway): string {
    const file = `${out}/ready.json`;
    writeFileSync(file, JSON.stringify(gateway.endpoints));
    return file;
  }

  test('exits 0 for a sound gateway, 1 for a weakened one, and fits 80 columns', async () => {
    expect(await run('--target', readyFile(soundGateway), '--family', 'transport', '--family', 'published-keys')).toBe(0);
    expect(printed).toContain('Nothing that was tried has failed.');
    expect(await run('--target', readyFile(weakGateway), '--family', 'transport', '--family', 'published-keys')).toBe(1);
    expect(printed).toContain('FAILED transport/refuses-tls-1.2/public');
    expect(printed.split('\n').filter((line) => line.length > 80 && !line.startsWith('wrote '))).toEqual([]);
    expect(JSON.parse(readFileSync(`${out}/reports/assessment.json`, 'utf8'))).toMatchObject({ failed: 2, environment: 'Test' });
  });

  test('lists what it would send, and sends nothing', async () => {
    expect(await run('--list', '--budget', '5')).toBe(0);
    expect(printed).toMatch(/\n5 cases, and \d+ that are not sent\.\n$/);
    expect(printed).toContain('not sent: the budget of 5 requests is spent (--budget)');
    expect(printed).toContain('not sent: it is intrusive, and --intrusive was not given');
  });

  // The same cases against an address, as one consumer with its own credentials.
  test('assesses a deployed gateway as one client, and says what it could not try', async () => {
    const { partner } = soundGateway.endpoints.domains;
    const { certificate, secret = '', apiKey = '' } = partner!.clients.acme!;
    const authority = await CertificateAuthority.create('Identity provider');
    const own = await authority.issue({ subject: 'CN=localhost', alternativeNames: ['localhost'], usage: 'server' });
    const local = new LocalClient(soundGateway.endpoints);
    const issuer = createServer({ cert: own.certificate, key: own.privateKey }, (request, response) => {
      let form = '';
      request.on('data', (chunk: Buffer) => { form += chunk.toString(); }).on('end', () => {
        const known = request.headers.authorization === `Basic ${Buffer.from(`acme:${encodeURIComponent(secret)}`).toString('base64')}`;
        if (!known) response.writeHead(401).end();
        else void local.token({ domain: 'partner', client: 'acme', scopes: new URLSearchParams(form).get('scope')!.split(' ') }).then((token) => response.end(JSON.stringify({ access_token: token })));
      });
    });
    await new Promise<void>((resolve) => { issuer.listen(0, 'localhost', resolve); });
    writeFileSync(`${out}/authorities.pem`, `${readFileSync(soundGateway.endpoints.certificateAuthorityFile, 'utf8')}\n${authority.certificate}`);
    process.env.ASSESS_TEST_SECRET = secret;
    process.env.ASSESS_TEST_API_KEY = apiKey;
    try {
      const status = await run(
        '--target', `partner=https://127.0.0.1:${partner!.port}`, '--ca', `${out}/authorities.pem`, '--certificate', certificate!.certificateFile, '--key', certificate!.keyFile,
        '--token-endpoint', `https://localhost:${(issuer.address() as AddressInfo).port}/token`, '--client', 'acme', '--client-secret-env', 'ASSESS_TEST_SECRET', '--api-key-env', 'ASSESS_TEST_API_KEY',
        '--rate', '500', '--family', 'authentication', '--family', 'authorization', '--family', 'transport',
      );
      expect([printed, status]).toEqual([expect.stringContaining('Nothing that was tried has failed.'), 0]);
    } finally {
      issuer.close();
    }
    const report = JSON.parse(readFileSync(`${out}/reports/assessment.json`, 'utf8')) as { cases: { id: string; state: string; reason?: string }[] };
    const states = new Map(report.cases.map(({ id, state, reason }) => [id, reason ?? state]));
    expect(states.get('authorization/admits/partner GET /accounts/accounts/assessment-0')).toBe('held');
    expect(states.get('authorization/no-api-key/partner GET /accounts/accounts/assessment-0')).toBe('held');
    expect(states.get('authentication/tampered/partner GET /accounts/accounts/assessment-0')).toBe('held');
    expect(states.get('authentication/expired/partner GET /accounts/accounts/assessment-0')).toBe('the issuer of this target signs no wrong token');
    expect(states.get('authentication/no-token/public GET /accounts/accounts/assessment-0')).toBe('the target has no public domain');
    for (const text of [secret, apiKey]) expect(printed + JSON.stringify(report)).not.toContain(text);
  });

  test('skips what needs credentials where there are none, and what lies behind mutual TLS', async () => {
    const { port } = soundGateway.endpoints.domains.partner!;
    await run('--target', `partner=https://127.0.0.1:${port}`, '--ca', soundGateway.endpoints.certificateAuthorityFile, '--rate', '500');
    expect(printed).toContain('Nothing that was tried has failed.');
    expect(printed).toContain('no client certificate was given for the partner domain');
    const { cases } = JSON.parse(readFileSync(`${out}/reports/assessment.json`, 'utf8')) as { cases: { id: string; state: string }[] };
    expect(cases.filter(({ id, state }) => id.startsWith('client-certificates/') && state === 'held')).toHaveLength(2);
    expect(cases.filter(({ id, state }) => id.startsWith('authentication/') && state !== 'skipped')).toEqual([]);
  });

  test('fails where nobody is there, and sends nothing more', async () => {
    expect(await run('--target', 'public=https://127.0.0.1:1', '--rate', '500')).toBe(1);
    expect(printed).toContain('got refused: ECONNREFUSED');
    expect(printed).toContain('the public domain was not reached as it should be');
  });

  test.each([
    [['--target', 'nowhere.json'], 'ASSESS_TARGET: a target is local, a ready file, a URL or DOMAIN=URL, got nowhere.json; write --target local, or --target public=https://api.test.example'],
    [['--target', 'http://api.test.bank.example'], 'ASSESS_TARGET: a URL is https, a host and perhaps a port, got http://api.test.bank.example; write --target public=https://api.test.example'],
    [['--target', 'https://elsewhere.example'], 'ASSESS_DOMAIN: a URL is that of a security domain of the environment: public, partner, internal, got elsewhere.example; write --target public=https://elsewhere.example'],
    [['--target', 'public=https://x.example', '--client', 'acme'], 'ASSESS_CLIENT: a client gets its tokens at an https token endpoint, got --client acme, --token-endpoint none; write --client acme --token-endpoint https://id.example/token'],
    [['--target', 'public=https://x.example', '--client', 'acme', '--token-endpoint', 'https://id.example/token', '--client-secret-env', 'hunter2'], 'ASSESS_SECRET: a secret is in an environment variable, which the option names, got a name that no variable has; write --client-secret-env ASSESS_CLIENT_SECRET'],
    [['--target', 'public=https://x.example', '--certificate', 'c.pem'], 'ASSESS_CERTIFICATE: a client certificate has a private key, got no --key; write --certificate client.pem --key client-key.pem'],
    [['--target', 'public=https://x.example', '--ca', 'nowhere.pem'], 'ASSESS_PEM: --ca is a PEM file, got nowhere.pem; write --ca out/ca.pem'],
    [['--family', 'everything'], 'ASSESS_FAMILY: a family is transport, client-certificates, authentication, authorization, methods, paths, content-types, validation, headers, cors, published-keys, honeypots, limits, got everything; write --family transport'],
    [['--rate', '0'], 'ASSESS_RATE: a rate is a whole number from 1 to 100000, got 0; write --rate 50'],
    [['--budget', 'x'], 'ASSESS_BUDGET: a budget is a whole number from 1 to 100000, got x; write --budget 50'],
  ])('refuses %j', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(new Error(message));
  });
});
