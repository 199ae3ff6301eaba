import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { readdirSync } from 'fs';
import { basename } from 'path';
import { AccessPolicies, AccessTokenLifetime, ApiGroup, CertificateRevocation, Consumer, Exposure, IdentityProvider, ProofOfPossession, RateLimit, SecurityDomain, ServicePlan, TokenAlgorithm, TrustStore } from '../../../lib';
import { authorizer, authorizerConfiguration } from '../../fixtures/authorizer';
import { apiGroup, apiService, certificateFile, get, partnerDomain, testEnvironment } from '../../fixtures/declaration';
import { actionsOf, statementsOf } from '../../fixtures/iam-policy';
import { trustStoreWithPrivateAuthority } from '../../fixtures/private-authority';
import { refusalOf } from '../../fixtures/refusal';

test('carries the declaration of its domain beside the handler', () => {
  expect(readdirSync(authorizer().folder).sort()).toEqual(['configuration.json', 'index.js', 'parameters.js']);
  expect(authorizerConfiguration()).toEqual({
    environment: 'Test',
    securityDomain: 'public',
    trustDomain: 'test.bank.example',
    trustIssuer: 'https://internal.test.bank.example',
    trustTokenSeconds: 60,
    accessToken: { issuer: 'https://id.test.bank.example', audience: 'https://test.bank.example', algorithms: ['PS256', 'ES256'], maxLifetimeSeconds: 300, clockSkewSeconds: 5, keysUsableThroughOutageSeconds: 3600 },
    mutualTls: false,
    clients: { 'web-bank': { consumer: 'web-bank', type: 'browser', groups: ['accounts'] } },
    operations: {
      'accounts GET /accounts/{id}': { id: 'get /accounts/{id}', service: 'accounts', group: 'accounts', scopes: [['accounts']], marking: { ceiling: 'OFFICIAL' }, parameters: {} },
      'accounts POST /accounts': { id: 'post /accounts', service: 'accounts', group: 'accounts', scopes: [['accounts']], marking: { ceiling: 'OFFICIAL' }, parameters: { content: ['application/json'] } },
    },
  });
});

test('recognises partners by certificate, whatever way they were declared', () => {
  const { mutualTls, clients } = authorizerConfiguration({ domain: partnerDomain() });
  expect(mutualTls).toBe(true);
  expect(clients).toEqual({ acme: { consumer: 'acme', type: 'system', groups: ['accounts'], certificates: [{ subject: 'CN=acme,O=Acme', issuers: testEnvironment().partnerTrustStore!.authorities }, { sha256: 'ab'.repeat(32) }], partner: 'acme' } });
});

test('reads revocation lists of partners, with what reads them beside the handler, in the partner domain only', () => {
  const { partnerTrustStore } = testEnvironment();
  expect(authorizerConfiguration({ domain: partnerDomain() }).revocation).toEqual([{ partner: 'acme', authorities: partnerTrustStore!.authorities, lists: ['https://pki.acme.example/test.crl'], refreshSeconds: 300, usableThroughOutageSeconds: 3600 }]);
  expect(readdirSync(authorizer({ domain: partnerDomain() }).folder).sort()).toEqual(['configuration.json', 'index.js', 'parameters.js', 'revocation-reader.js']);
  const notChecked = TrustStore.fromPem({ acme: certificateFile('ec-256') }, { acme: CertificateRevocation.notChecked('its certificates live for a day') });
  expect(authorizerConfiguration({ domain: partnerDomain(), environment: testEnvironment({ partnerTrustStore: notChecked }) })).not.toHaveProperty('revocation');
});

test('reads the stored trust store where a partner has a private CA, with what reads it beside the handler', () => {
  const environment = testEnvironment({ partnerTrustStore: trustStoreWithPrivateAuthority() });
  const storedTrustStore = { bucketName: 'trust-store', bundleVersion: '1', authoritiesVersion: '2' };
  const props = { domain: partnerDomain(), environment, storedTrustStore };
  const { template, folder } = authorizer(props);
  expect(readdirSync(folder).sort()).toEqual(['configuration.json', 'index.js', 'parameters.js', 'revocation-reader.js', 'stored-authorities.js']);
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { STORED_AUTHORITIES: 'trust-store/2' } } });
  expect(statementsOf(template).filter((statement) => actionsOf(statement).includes('s3:GetObjectVersion'))).toEqual([expect.objectContaining({ Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::trust-store/authorities.json']] } })]);
  expect(authorizerConfiguration(props).revocation).toEqual([{ partner: 'acme', authorities: [], privateAuthorities: true, lists: ['https://pki.acme.example/test.crl'], refreshSeconds: 300, usableThroughOutageSeconds: 3600 }]);
  expect(refusalOf(() => authorizer({ ...props, storedTrustStore: undefined }))).toContain('got private CAs for the partner domain, whose certificates are known at deployment only; write storedTrustStore');
  expect(readdirSync(authorizer({ environment }).folder)).not.toContain('stored-authorities.js');
});

test('tells the authorizer how old a list may be, where that is declared', () => {
  const partnerTrustStore = TrustStore.fromPem({ acme: certificateFile('ec-256') }, { acme: CertificateRevocation.crl(['https://pki.acme.example/test.crl'], { maxAge: Duration.days(8) }) });
  expect(authorizerConfiguration({ domain: partnerDomain(), environment: testEnvironment({ partnerTrustStore }) }).revocation).toEqual([expect.objectContaining({ maxAgeSeconds: 691_200 })]);
});

test('accepts the tokens that the environment declares', () => {
  const identityProvider = new IdentityProvider({
    issuer: 'https://id.test.bank.example/realm',
    jwksUri: 'https://id.test.bank.example/keys',
    algorithms: [TokenAlgorithm.EDDSA],
    accessTokenLifetime: AccessTokenLifetime.exceeding(Duration.minutes(30), 'the vendor cannot issue shorter ones'),
    clockSkew: Duration.seconds(0),
    keysUsableThroughOutage: Duration.hours(2),
  });
  expect(authorizerConfiguration({ environment: testEnvironment({ identityProvider, audience: 'urn:bank' }) }).accessToken).toEqual({
    issuer: 'https://id.test.bank.example/realm', jwksUri: 'https://id.test.bank.example/keys', audience: 'urn:bank', algorithms: ['EdDSA'], maxLifetimeSeconds: 1800, clockSkewSeconds: 0, keysUsableThroughOutageSeconds: 7200,
  });
});

test('is deployed again when the declaration changes, and not otherwise', () => {
  const more = [apiGroup(apiService({ operations: [get('/accounts')] }))];
  expect(authorizer().folder.split('/').at(-1)).toBe(authorizer().folder.split('/').at(-1));
  expect(authorizer({ groups: more }).folder.split('/').at(-1)).not.toBe(authorizer().folder.split('/').at(-1));
});

test('reads the signing key and nothing else', () => {
  const { template } = authorizer();
  const [secret] = Object.keys(template.findResources('AWS::SecretsManager::Secret', { Properties: { Description: Match.stringLikeRegexp('^Private') } }));
  const secrets = statementsOf(template).filter((statement) => actionsOf(statement).some((action) => action.startsWith('secretsmanager:')) && !actionsOf(statement).includes('secretsmanager:PutSecretValue'));
  expect(secrets).toEqual([expect.objectContaining({ Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], Resource: { Ref: secret } })]);
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { SIGNING_KEY_SECRET_ARN: { Ref: secret } } } });
});

describe('with a consumer that proves possession of a key', () => {
  const domain = SecurityDomain.public({ consumers: [Consumer.native('phone', { proofOfPossession: ProofOfPossession.DPOP }), Consumer.browser('web-bank')] });

  test('demands proofs for its own host name, of that consumer', () => {
    expect(authorizerConfiguration({ domain })).toMatchObject({
      proof: { host: 'api.test.bank.example' },
      clients: { phone: { dpop: true }, 'web-bank': expect.not.objectContaining({ dpop: expect.anything() }) },
    });
  });

  test('writes used proofs to a table, and does nothing else with it', () => {
    const { template } = authorizer({ domain });
    const [table] = Object.keys(template.findResources('AWS::DynamoDB::Table'));
    const arn = { 'Fn::GetAtt': [table, 'Arn'] };
    template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', Environment: { Variables: { REPLAY_TABLE_ARN: arn } } });
    const statements = statementsOf(template).filter((statement) => actionsOf(statement).some((action) => action.startsWith('dynamodb:')));
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arn }]);
  });

  test('stamps no table where nobody proves anything', () => {
    const { template } = authorizer();
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
    expect(JSON.stringify(template.toJSON())).not.toMatch(/dynamodb:PutItem|REPLAY_TABLE_ARN/);
  });
});

describe('with a limit on the requests of each consumer', () => {
  const groups = (options = {}) => [
    new ApiGroup('accounts', { services: [apiService()], plan: ServicePlan.of({ consumerLimit: RateLimit.perMinute(600, options) }) }),
    new ApiGroup('payments', { services: [apiService({}, 'payments')] }),
  ];

  test('tells the authorizer the limit of each service that has one, and what becomes of what it cannot count', () => {
    expect(authorizerConfiguration({ groups: groups() }).rateLimits).toEqual({ accounts: { requests: 600, windowSeconds: 60 } });
    expect(authorizerConfiguration({ groups: groups({ admitUncountedBecause: 'an outage would do more harm' }) }).rateLimits).toEqual({ accounts: { requests: 600, windowSeconds: 60, admitUncounted: true } });
  });

  test('counts in a table that forgets by itself, and does nothing else with it', () => {
    const { template } = authorizer({ groups: groups() });
    const [table] = Object.keys(template.findResources('AWS::DynamoDB::Table'));
    const arn = { 'Fn::GetAtt': [table, 'Arn'] };
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
    template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', Environment: { Variables: { RATE_TABLE_ARN: arn } } });
    const statements = statementsOf(template).filter((statement) => actionsOf(statement).some((action) => action.startsWith('dynamodb:')));
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'dynamodb:UpdateItem', Resource: arn }]);
  });

  test('keeps what it counts apart from used proofs', () => {
    const domain = SecurityDomain.public({ consumers: [Consumer.native('phone', { proofOfPossession: ProofOfPossession.DPOP })] });
    const { template } = authorizer({ groups: groups(), domain });
    const actions = statementsOf(template).filter((statement) => actionsOf(statement).some((action) => action.startsWith('dynamodb:')));
    expect(actions.map(({ Action }) => Action).sort()).toEqual(['dynamodb:PutItem', 'dynamodb:UpdateItem']);
    expect(new Set(actions.map(({ Resource }) => JSON.stringify(Resource))).size).toBe(2);
  });

  test('stamps no table and asks for no limit where none is exposed', () => {
    const { template } = authorizer();
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
    expect(authorizerConfiguration()).not.toHaveProperty('rateLimits');
    const inside = new ApiGroup('ledger', { services: [apiService({ approvedExposure: [Exposure.INTERNAL] }, 'ledger')], plan: ServicePlan.of({ consumerLimit: RateLimit.perMinute(1) }) });
    expect(authorizerConfiguration({ groups: [apiGroup(), inside] })).not.toHaveProperty('rateLimits');
  });
});

describe('with access policies', () => {
  const accessPolicies = AccessPolicies.fromText('@id("read") @obligation("mask") permit(principal, action in Action::"GET", resource);');
  const groups = [new ApiGroup('accounts', { services: [apiService()], accessPolicies })];

  test('carries the engine and the policies beside the handler, and nothing of either without them', () => {
    expect(readdirSync(authorizer({ groups }).folder).sort()).toEqual(['cedar.js', 'cedar_wasm_bg.wasm', 'configuration.json', 'decisions.js', 'index.js', 'parameters.js']);
    expect(readdirSync(authorizer().folder).sort()).toEqual(['configuration.json', 'index.js', 'parameters.js']);
    expect(authorizerConfiguration()).not.toHaveProperty('accessPolicies');
    const { accessPolicies: carried, operations } = authorizerConfiguration({ groups });
    expect(carried).toEqual({ accounts: { read: { policy: expect.objectContaining({ effect: 'permit' }), obligations: ['mask'] } } });
    expect(operations['accounts GET /accounts/{id}']?.access).toEqual({ policies: ['read'], pathParameters: { id: 'id' } });
    expect(operations['accounts POST /accounts']?.access).toEqual({ policies: [], pathParameters: {} });
  });

  test('stamps the same asset every time', () => {
    expect(basename(authorizer({ groups }).folder)).toBe(basename(authorizer({ groups }).folder));
  });

  test('leaves the engine out of a domain that exposes no service with policies', () => {
    const inside = apiService({ approvedExposure: [Exposure.INTERNAL], accessPolicies }, 'ledger');
    expect(readdirSync(authorizer({ groups: [apiGroup(), new ApiGroup('ledger', { services: [inside] })] }).folder)).not.toContain('cedar.js');
  });
});
