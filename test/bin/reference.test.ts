import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer } from '../../bin/reference/backends/bank-rates/rates';
import type { AuthorizerConfiguration } from '../../lib/contract/authorizer-configuration';

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

interface Template {
  readonly file: string;
  readonly bytes: number;
  readonly resources: readonly Resource[];
}

/** What of the assembly belongs to one environment: its stacks and every asset that they publish. */
interface EnvironmentAssembly {
  readonly name: string;
  readonly account: string;
  readonly domainName: string;
  readonly templates: readonly Template[];
  readonly stacks: readonly string[];
  readonly authorizers: readonly AuthorizerConfiguration[];
  readonly text: string;
}

const ENVIRONMENTS = [
  { name: 'Development', account: '111111111111', domainName: 'dev.bank.example' },
  { name: 'Test', account: '222222222222', domainName: 'test.bank.example' },
  { name: 'Production', account: '333333333333', domainName: 'bank.example' },
];

/** A service has a stack in each domain where it is exposed; branches were approved for all domains and are exposed in one. */
const STACKS = [
  'Alarms', 'BatchesBackend', 'DocumentsBackend', 'Foundation', 'Internal', 'InternalAccounts', 'InternalPayments', 'InternalRates', 'InternalSettlement', 'Network', 'Partner', 'PartnerBatches', 'PartnerLoans', 'PartnerPayments',
  'PartnerRates', 'PartnerSettlement', 'Public', 'PublicAccounts', 'PublicBranches', 'PublicDocuments', 'PublicLoans', 'PublicPayments', 'PublicRates', 'RatesBackend', 'Trust',
];

const SECRETS: { readonly [kind: string]: RegExp } = {
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{20}/,
  'private JSON Web Key': /"d"\s*:\s*"[A-Za-z0-9_-]{20,}"/,
  'access key': /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  'signed token': /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./,
  'secret in a template': /"SecretString"\s*:/,
};

const scratch = mkdtempSync(join(tmpdir(), 'reference-'));
const first = join(scratch, 'first');
const second = join(scratch, 'second');
let environments: readonly EnvironmentAssembly[];

beforeAll(() => {
  synthesize(first, { TZ: 'UTC' });
  // Nothing of the machine may leak into an assembly, so the second run has another time zone and language.
  synthesize(second, { TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' });
  environments = ENVIRONMENTS.map((environment) => ({ ...environment, ...read(first, environment.name) }));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('synthesizes twice to the same bytes', () => {
  const files = filesOf(first);
  expect(files.length).toBeGreaterThan(200);
  expect(filesOf(second)).toEqual(files);
  expect(files.filter((file) => !readFileSync(join(first, file)).equals(readFileSync(join(second, file))))).toEqual([]);
});

test('stamps the same stacks in every environment', () => {
  expect(environments.map(({ name, stacks }) => [name, stacks])).toEqual(ENVIRONMENTS.map(({ name }) => [name, STACKS]));
});

test('keeps every template well below what CloudFormation accepts', () => {
  const templates = environments.flatMap((environment) => environment.templates);
  expect(templates.filter(({ resources }) => resources.length === 0 || resources.length >= 450).map(({ file }) => file)).toEqual([]);
  expect(templates.filter(({ bytes }) => bytes >= 900 * 1024).map(({ file }) => file)).toEqual([]);
});

test.each(Object.entries(SECRETS))('holds no %s', (_, pattern) => {
  expect(filesOf(first).filter((file) => pattern.test(readFileSync(join(first, file), 'latin1')))).toEqual([]);
});

test('gives every environment one encryption key, one network and one archive of its own', () => {
  for (const { templates } of environments) {
    expect(ofType(templates, 'AWS::KMS::Key').filter(({ Properties }) => Properties?.KeyUsage === undefined)).toHaveLength(1);
    expect(ofType(templates, 'AWS::EC2::VPC')).toHaveLength(1);
    expect(ofType(templates, 'AWS::S3::Bucket').filter(({ Properties }) => Properties?.ObjectLockEnabled === true)).toHaveLength(1);
  }
  expect(distinct(environments.map(({ templates }) => ofType(templates, 'AWS::EC2::VPC')[0]?.Properties?.CidrBlock))).toBe(3);
});

test('accepts tokens of an environment in no other', () => {
  for (const { authorizers, domainName } of environments) {
    expect(authorizers.map(({ securityDomain }) => securityDomain).sort()).toEqual(['internal', 'partner', 'public']);
    for (const { accessToken, trustDomain, trustIssuer } of authorizers) {
      expect({ trustDomain, trustIssuer, issuer: accessToken.issuer, audience: accessToken.audience })
        .toEqual({ trustDomain: domainName, trustIssuer: `https://internal.${domainName}`, issuer: `https://id.${domainName}`, audience: `https://${domainName}` });
    }
  }
});

test.each(ENVIRONMENTS)('mentions no account and no name of another environment in $name', ({ name, account, domainName }) => {
  const { text } = environments.find((environment) => environment.name === name)!;
  const accounts = ENVIRONMENTS.map((environment) => environment.account).filter((other) => new RegExp(`\\b${other}\\b`).test(text));
  expect(accounts).toEqual([account]);
  const hosts = [...new Set(text.match(/(?:[a-z0-9-]+\.)*bank\.example/g))];
  expect(hosts).toContain(`id.${domainName}`);
  expect(hosts.filter((host) => ownerOf(host) !== domainName)).toEqual([]);
});

test('opens no REST API under the name that the platform gives it', () => {
  for (const { templates } of environments) {
    const apis = ofType(templates, 'AWS::ApiGateway::RestApi');
    expect(apis).toHaveLength(18);
    expect(apis.filter(({ Properties }) => Properties?.DisableExecuteApiEndpoint !== true)).toEqual([]);
  }
});

test('creates the function of a REST API before the REST API', () => {
  for (const { name } of ENVIRONMENTS) {
    const { artifacts } = json<{ artifacts: { [id: string]: { displayName?: string; dependencies?: string[] } } }>(join(first, `assembly-${name}`, 'manifest.json'));
    const backend = Object.keys(artifacts).find((id) => artifacts[id]?.displayName === `${name}/RatesBackend`);
    const rates = Object.values(artifacts).filter(({ displayName = '' }) => /\/(Public|Partner|Internal)Rates$/.test(displayName));
    expect(rates.map(({ dependencies }) => dependencies?.includes(backend!))).toEqual([true, true, true]);
  }
});

describe('bank-rates', () => {
  test('refuses an event that carries its trust token in a header', () => {
    const script = "require('./dist/backends/bank-rates').handler({ headers: { 'Txn-Token': 'e30.e30.e30' }, requestContext: {} }).then(({ statusCode }) => process.stdout.write(String(statusCode)))";
    const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env: { ...process.env, TRUST_DOMAIN: 'test.bank.example', TRUST_ISSUER: 'https://internal.test.bank.example', TRUST_GROUP: 'reference-data', TRUST_SERVICE: 'rates' } });
    expect(stdout).toBe('401');
  });

  test.each([
    ['getExchangeRate', { currency: 'USD' }, null, 200, { currency: 'USD', buy: '1.4893', sell: '1.5541' }],
    ['getExchangeRate', { currency: 'constructor' }, null, 404, expect.objectContaining({ title: 'Not Found' })],
    ['convert', {}, { from: 'USD', to: 'AUD', amount: '100' }, 200, { currency: 'AUD', amount: '148.93' }],
    ['publishExchangeRate', { currency: 'USD' }, '{"buy":"1","sell":"2"}', 202, { currency: 'USD' }],
    ['anything else', {}, null, 404, expect.objectContaining({ title: 'Not Found' })],
  ])('answers %s', (operation, path, body, status, expected) => {
    expect(answer(operation, path, body)).toEqual({ status, body: expected });
  });
});

/** Runs the reference deployment as the CDK command line does; a warning is a failure. */
function synthesize(outdir: string, environment: NodeJS.ProcessEnv): void {
  const { context } = json<{ context: unknown }>('cdk.json');
  const { status, stderr } = spawnSync(process.execPath, ['dist/bin/reference.js'], {
    encoding: 'utf8',
    env: { ...process.env, ...environment, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_VALIDATION: 'false' },
  });
  expect({ status, stderr: stderr.slice(0, 4000) }).toEqual({ status: 0, stderr: '' });
}

function read(outdir: string, name: string): Pick<EnvironmentAssembly, 'templates' | 'stacks' | 'authorizers' | 'text'> {
  const folder = join(outdir, `assembly-${name}`);
  const files = filesOf(folder);
  const templates = files.filter((file) => file.endsWith('.template.json')).map((file) => {
    const { Resources } = json<{ Resources: { [id: string]: Resource } }>(join(folder, file));
    return { file, bytes: statSync(join(folder, file)).size, resources: Object.values(Resources) };
  });
  const assets = [...new Set(files.filter((file) => file.endsWith('.assets.json')).flatMap((file) => {
    const manifest = json<{ files: { [id: string]: { source: { path: string } } } }>(join(folder, file));
    return Object.values(manifest.files).map(({ source }) => join(folder, source.path));
  }))];
  const published = assets.flatMap((asset) => (statSync(asset).isDirectory() ? filesOf(asset).map((file) => join(asset, file)) : [asset]));
  const { artifacts } = json<{ artifacts: { [id: string]: { type: string; displayName?: string } } }>(join(folder, 'manifest.json'));
  return {
    templates,
    stacks: Object.values(artifacts).filter(({ type }) => type === 'aws:cloudformation:stack').map(({ displayName = '' }) => displayName.replace(`${name}/`, '')).sort(),
    authorizers: published.filter((file) => file.endsWith('/configuration.json')).map((file) => json<AuthorizerConfiguration>(file)),
    text: [...files.map((file) => join(folder, file)), ...published].map((file) => readFileSync(file, 'latin1')).join('\n'),
  };
}

/** Domain name of the environment that a host name belongs to: the longest that it ends with. */
function ownerOf(host: string): string | undefined {
  const owners = ENVIRONMENTS.map(({ domainName }) => domainName).filter((domainName) => host === domainName || host.endsWith(`.${domainName}`));
  return owners.sort((left, right) => right.length - left.length)[0];
}

function ofType(templates: readonly Template[], type: string): Resource[] {
  return templates.flatMap(({ resources }) => resources).filter(({ Type }) => Type === type);
}

function distinct(values: readonly unknown[]): number {
  return new Set(values.filter((value) => value !== undefined)).size;
}

function filesOf(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((file) => statSync(join(folder, file)).isFile()).sort();
}

function json<Value>(file: string): Value {
  return JSON.parse(readFileSync(file, 'utf8')) as Value;
}
