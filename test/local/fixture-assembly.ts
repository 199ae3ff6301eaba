import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operationKey, type AuthorizerConfiguration, type ClientPolicy } from '../../lib/contract/authorizer-configuration';
import { REVOCATION_READER_FILE } from '../../lib/contract/revocation-policy';
import { PROBLEMS } from '../../lib/contract/problem';
import { CertificateAuthority } from '../../local/peer/certificate-authority';
import { accountsDocument, keysDocument, ledgerDocument } from './fixture-documents';

/** A small hand-made assembly: three security domains, an HTTP service and a Lambda service, real handlers. */
export interface FixtureAssembly {
  readonly app: string;
  remove(): void;
}

type Json = { readonly [key: string]: unknown };
type Assets = { [key: string]: { source: Json; destinations: Json } };

const ACCOUNT = '111111111111';
const REGION = 'ap-southeast-2';
const BUCKET = `cdk-assets-${ACCOUNT}-${REGION}`;
const ISSUER = 'https://idp.test.example/realm';
const INTROSPECTION = { endpoint: 'https://tokens.test.example/introspect', clientId: 'gateway', secretName: 'identity/introspection', cacheSeconds: 0, issuerRequired: true };
const REVOCATION_LIST = 'https://pki.acme.example/crl/root.crl?format=der';
const TRUST_ISSUER = 'https://api.test.example';

/** Clients of the fixture; `acme` is recognised by its subject, `globex` by an alternative name. */
const CLIENTS: { readonly [id: string]: ClientPolicy } = {
  'web': { consumer: 'Retail', type: 'browser', groups: ['accounts'] },
  'phone': { consumer: 'Retail', type: 'native', groups: ['accounts'] },
  'portal': { consumer: 'Portal', type: 'application', groups: ['accounts'] },
  'acme-system': { consumer: 'Acme', type: 'system', groups: ['accounts'], certificates: [{ subject: 'CN=acme,O=Acme Pty Ltd,C=AU' }] },
  'globex-system': { consumer: 'Globex', type: 'system', groups: ['accounts'], certificates: [{ subjectAlternativeName: 'client.globex.example' }] },
  'globex-brokers': { consumer: 'Brokers', type: 'trusted-application', groups: ['accounts'], certificates: [{ subject: 'CN=brokers,O=Globex' }] },
  'reports': { consumer: 'Reports', type: 'system', groups: ['accounts'] },
};

/** What a test makes different. */
export interface FixtureOptions {
  /** Seconds after which the partner's revocation list is read again; by default revocation is not checked. */
  readonly revocationRefreshSeconds?: number;
}

/** Writes the assembly into a new temporary directory. */
export async function fixtureAssembly({ revocationRefreshSeconds }: FixtureOptions = {}): Promise<FixtureAssembly> {
  const app = mkdtempSync(join(tmpdir(), 'local-gateway-'));
  const directory = join(app, 'assembly-Test');
  mkdirSync(directory);
  const handlers = handlerAssets(app);
  writeJson(join(app, 'manifest.json'), { artifacts: { 'assembly-Test': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Test' }, displayName: 'Test' } } });
  const stack = (id: string, template: Json, assets: Assets): Json => {
    writeJson(join(directory, `${id}.template.json`), template);
    writeJson(join(directory, `${id}.assets.json`), { version: '48.0.0', files: assets });
    return { [id]: { type: 'aws:cloudformation:stack', environment: `aws://${ACCOUNT}/${REGION}`, properties: { templateFile: `${id}.template.json`, stackName: id } } };
  };
  const partners = (await CertificateAuthority.create('Real partner authority')).certificate;
  const domains = Object.fromEntries((['public', 'partner', 'internal'] as const).map((name) => [name, authorizerAsset(app, name, partners, revocationRefreshSeconds)]));
  writeFileSync(join(app, 'asset.partners.pem'), partners);
  writeJson(join(app, 'asset.accounts.json'), accountsDocument());
  writeJson(join(app, 'asset.ledger.json'), ledgerDocument());
  writeJson(join(directory, 'manifest.json'), {
    artifacts: {
      ...stack('Test-Trust', trustStack(domains), { ...handlers, ...Object.assign({}, ...Object.values(domains)) as Assets }),
      ...stack('Test-Edge', edgeStack(), { ...file('accounts.json'), ...file('ledger.json'), ...file('partners.pem') }),
    },
  });
  return { app, remove: () => { rmSync(app, { recursive: true, force: true }); } };
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value));
}

function asset(key: string, path: string, packaging: string): Assets {
  return { [key]: { source: { path, packaging }, destinations: { current: { bucketName: 'cdk-assets-${AWS::AccountId}-${AWS::Region}', objectKey: key } } } };
}

function file(key: string): Assets {
  return asset(key, `../asset.${key}`, 'file');
}

/** Bundles the real handlers and writes a Lambda service that echoes its request context. */
function handlerAssets(app: string): Assets {
  for (const [name, entry, file] of [['authorizer', 'index.ts', 'index.js'], ['authorizer', 'revocation-module.ts', REVOCATION_READER_FILE], ['key-rotation', 'index.ts', 'index.js'], ['published-keys', 'index.ts', 'index.js']] as const) {
    execFileSync(require.resolve('esbuild/bin/esbuild'), [
      join(__dirname, `../../lambda/${name}/${entry}`), '--bundle', '--platform=node', '--format=cjs', `--outfile=${join(app, `asset.${name}`, file)}`, '--log-level=error',
    ]);
  }
  mkdirSync(join(app, 'asset.ledger'));
  writeFileSync(join(app, 'asset.ledger', 'index.js'), `exports.handler = async (event) => event.queryStringParameters?.fail ? 'malformed'
    : { statusCode: 200, body: JSON.stringify({ path: event.path, authorizer: event.requestContext.authorizer ?? null, body: event.body }) };`);
  return { ...asset('key-rotation.zip', '../asset.key-rotation', 'zip'), ...asset('published-keys.zip', '../asset.published-keys', 'zip'), ...asset('ledger.zip', '../asset.ledger', 'zip') };
}

function authorizerAsset(app: string, securityDomain: string, partners: string, refreshSeconds: number | undefined): Assets {
  const directory = join(app, `asset.authorizer-${securityDomain}`);
  mkdirSync(directory);
  const checked = securityDomain === 'partner' && refreshSeconds !== undefined;
  execFileSync('cp', [join(app, 'asset.authorizer', 'index.js'), ...checked ? [join(app, 'asset.authorizer', REVOCATION_READER_FILE)] : [], directory]);
  const configuration: AuthorizerConfiguration = {
    environment: 'Test', securityDomain, trustDomain: 'test.example', trustIssuer: TRUST_ISSUER, trustTokenSeconds: 60,
    accessToken: { issuer: ISSUER, audience: `https://${securityDomain}.test.example`, algorithms: ['PS256', 'ES256'], maxLifetimeSeconds: 300, clockSkewSeconds: 5, keysUsableThroughOutageSeconds: 3600, introspection: INTROSPECTION },
    mutualTls: securityDomain === 'partner',
    ...checked && { revocation: [{ partner: 'acme', authorities: [partners], lists: [REVOCATION_LIST], refreshSeconds, usableThroughOutageSeconds: 3600 }] },
    clients: Object.fromEntries(Object.entries(CLIENTS)
      .filter(([, { certificates }]) => (certificates !== undefined) === (securityDomain === 'partner'))
      .map(([id, client]) => [id, { ...client, ...securityDomain === 'partner' && { partner: 'acme' }, certificates: client.certificates?.map((policy) => ({ ...policy, issuers: [partners] })) }])),
    operations: Object.fromEntries(['GET', 'POST'].flatMap((method) => [
      [operationKey('accounts', method, '/customers/{id}'), { id: `${method} customer`, service: 'accounts', group: 'accounts', scopes: [[method === 'GET' ? 'accounts:read' : 'accounts:write']] }],
      [operationKey('accounts', 'PATCH', '/customers/{id}'), {
        id: 'PATCH customer', service: 'accounts', group: 'accounts', scopes: [['accounts:write']], authentication: { acrValues: ['urn:test:mfa'], methods: ['hwk'], maxAgeSeconds: 300 },
      }],
      [operationKey('ledger', method, '/entries'), { id: `${method} entries`, service: 'ledger', group: 'accounts', scopes: [['ledger:read']] }],
    ])),
  };
  writeJson(join(directory, 'configuration.json'), configuration);
  return asset(`authorizer-${securityDomain}.zip`, `../asset.authorizer-${securityDomain}`, 'zip');
}

function lambda(key: string, variables: Json, name?: string): Json {
  return { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: 10, Code: { S3Bucket: BUCKET, S3Key: key }, Environment: { Variables: variables }, ...name === undefined ? {} : { FunctionName: name } } };
}

function exported(name: string, value: unknown): Json {
  return { [name]: { Value: value, Export: { Name: `Test-Trust:${name}` } } };
}

function trustStack(domains: { readonly [name: string]: Assets }): Json {
  const key = { SIGNING_KEY_SECRET_ARN: { Ref: 'SigningKey' } };
  return {
    Resources: {
      Network: { Type: 'AWS::EC2::VPC', Properties: {} },
      SigningKey: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'test/signing-key', GenerateSecretString: {} } },
      PublishedKeys: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } },
      Rotation: lambda('key-rotation.zip', { SIGNING_KEY_SECRET_ARN: { Ref: 'SigningKey' }, PUBLISHED_KEYS_SECRET_ARN: { Ref: 'PublishedKeys' }, KEY_OVERLAP_SECONDS: '0' }),
      Schedule: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: { Ref: 'SigningKey' }, RotationLambdaARN: { 'Fn::GetAtt': ['Rotation', 'Arn'] } } },
      Keys: lambda('published-keys.zip', { PUBLISHED_KEYS_SECRET_ARN: { Ref: 'PublishedKeys' } }),
      Ledger: lambda('ledger.zip', {}, 'test-ledger'),
      ...Object.fromEntries(Object.keys(domains).map((name) => [`Authorizer${name}`, lambda(`authorizer-${name}.zip`, key, `test-authorizer-${name}`)])),
    },
    Outputs: { ...exported('Keys', { 'Fn::GetAtt': ['Keys', 'Arn'] }) },
  };
}

function edgeStack(): Json {
  const stage = (api: string, variables: Json): Json => ({
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: { Ref: api }, StageName: 'live', Variables: variables, AccessLogSetting: { Format: '{"requestId":"$context.requestId","status":"$context.status","path":"$context.path","resource":"$context.resourcePath","agent":"$context.identity.userAgent","waf":"$context.wafResponseCode"}' } },
  });
  const api = (body: string): Json => ({ Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: { 'Fn::Sub': 'cdk-assets-${AWS::AccountId}-${AWS::Region}' }, Key: body } } });
  const mapping = (domain: string, name: string, key: string): Json => ({ Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { DomainName: { Ref: domain }, ApiId: { Ref: name }, Stage: { Ref: `${name}Stage` }, ApiMappingKey: key } });
  const accounts = (domain: string): Json => ({ api: 'accounts', backendHost: 'accounts.backend.example', authorizerFunction: `test-authorizer-${domain}` });
  return {
    Resources: {
      Public: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName: 'api.test.example', SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT' } },
      Partner: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName: 'partner.test.example', SecurityPolicy: 'TLS_1_2', MutualTlsAuthentication: { TruststoreUri: { 'Fn::Join': ['/', ['s3:/', BUCKET, 'partners.pem']] } } } },
      Internal: { Type: 'AWS::ApiGateway::DomainNameV2', Properties: { DomainName: 'internal.test.example' } },
      PublicAccounts: api('accounts.json'), PublicAccountsStage: stage('PublicAccounts', accounts('public')), PublicAccountsMapping: mapping('Public', 'PublicAccounts', 'bank/accounts'),
      Keys: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: keysDocument() } }, KeysStage: stage('Keys', {}), KeysMapping: mapping('Public', 'Keys', ''),
      PartnerAccounts: api('accounts.json'), PartnerAccountsStage: stage('PartnerAccounts', accounts('partner')), PartnerAccountsMapping: mapping('Partner', 'PartnerAccounts', 'accounts'),
      InternalLedger: api('ledger.json'), InternalLedgerStage: stage('InternalLedger', { api: 'ledger', authorizerFunction: 'test-authorizer-internal', serviceFunction: 'test-ledger' }),
      InternalMapping: { Type: 'AWS::ApiGateway::BasePathMappingV2', Properties: { DomainNameArn: { Ref: 'Internal' }, RestApiId: { Ref: 'InternalLedger' }, Stage: { Ref: 'InternalLedgerStage' }, BasePath: 'ledger' } },
      WebAcl: { Type: 'AWS::WAFv2::WebACL', Properties: webAcl() },
      Association: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: { 'Fn::GetAtt': ['WebAcl', 'Arn'] }, ResourceArn: { 'Fn::Join': ['', ['arn:aws:apigateway:', { Ref: 'AWS::Region' }, '::/restapis/', { Ref: 'PublicAccounts' }, '/stages/', { Ref: 'PublicAccountsStage' }]] } } },
    },
  };
}

function webAcl(): Json {
  return {
    Name: 'test-public', Scope: 'REGIONAL', DefaultAction: { Allow: {} },
    CustomResponseBodies: { forbidden: { ContentType: 'APPLICATION_JSON', Content: JSON.stringify(PROBLEMS.forbidden) } },
    Rules: [
      { Name: 'common', Priority: 5, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } } },
      { Name: 'forged-trust-token', Priority: 1, Action: { Block: { CustomResponse: { ResponseCode: 403, CustomResponseBodyKey: 'forbidden', ResponseHeaders: [{ Name: 'Cache-Control', Value: 'no-store' }] } } }, Statement: { SizeConstraintStatement: { FieldToMatch: { SingleHeader: { Name: 'txn-token' } }, ComparisonOperator: 'GE', Size: 0, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } } },
    ],
  };
}
