import { BY_VALIDATOR } from '../../../lib/contract/body-validators';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PARAMETER_CHECKS_FILE, type ParameterRules } from '../../../lib/contract/parameter-rule';
import { rulesDigest } from '../../../lib/gateway/rules-digest';
import { WEB_ACL_DECOYS } from '../../../lib/contract/honeypot';
import { WEB_ACL_CAPACITY } from '../../../lib/contract/web-acl-capacity';
import { SECURITY_HEADERS } from '../../../lib/contract/security-headers';
import { fixtureWebAclRules } from './fixture-web-acl';

/** A small assembly in which every row stands; the smallest app that has what the evidence asks for. */
export const FIXTURE_ENVIRONMENTS = ['Production', 'Test'] as const;

const DOMAINS = ['public', 'partner', 'internal'];

const BODIES = { body: `${'b'.repeat(64)}.json`, root: `${'a'.repeat(64)}.json` };
const TRUST_STORE_KEY = `${'c'.repeat(64)}.pem`;
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const REGION = 'ap-southeast-2';
const RULES: ParameterRules = { query: { limit: { value: { type: ['integer'], maximum: 100 } } } };

type Json = Record<string, unknown>;

/** Writes the fixture; `change` may alter a stack's resources before they are written. */
export function writeFixture(directory: string, change: (resources: Record<string, Json>, environment: string) => void = () => undefined): string {
  writeJson(join(directory, 'manifest.json'), { version: '55.0.0', artifacts: Object.fromEntries(FIXTURE_ENVIRONMENTS.map((name) => [`assembly-${name}`, { type: 'cdk:cloud-assembly', properties: { directoryName: `assembly-${name}`, displayName: name } }])) });
  FIXTURE_ENVIRONMENTS.forEach((name, index) => {
    const account = `${index + 1}`.repeat(12);
    const resources = fixtureResources(account);
    change(resources, name);
    writeEnvironment(directory, name, account, resources);
  });
  return directory;
}

function writeEnvironment(directory: string, name: string, account: string, resources: Record<string, Json>): void {
  const nested = join(directory, `assembly-${name}`);
  writeJson(join(nested, 'manifest.json'), {
    artifacts: {
      'Edge.assets': { type: 'cdk:asset-manifest', properties: { file: 'Edge.assets.json' } },
      Edge: { type: 'aws:cloudformation:stack', environment: `aws://${account}/${REGION}`, displayName: `${name}/Edge`, properties: { templateFile: 'Edge.template.json' }, additionalMetadataFile: 'Edge.metadata.json' },
    },
  });
  writeJson(join(nested, 'Edge.template.json'), { Resources: resources });
  writeJson(join(nested, 'Edge.metadata.json'), { [`/${name}/Edge/Stage`]: [{ type: 'aws:cdk:acknowledged-rules', data: { 'CdkNag-AwsSolutions::APIG6': 'access logs are in <JSON> | by design' } }] });
  writeJson(join(nested, 'Edge.assets.json'), { files: { body: file('body.json', BODIES.body), root: file('root.json', BODIES.root), trustStore: file('partners.pem', TRUST_STORE_KEY), ...Object.fromEntries(DOMAINS.map((domain) => [domain, file(domain, codeKey(domain))])) } });
  writeJson(join(nested, 'body.json'), fixtureBody(account));
  writeJson(join(nested, 'root.json'), fixtureRootBody(account));
  writeFileSync(join(nested, 'partners.pem'), CERTIFICATE);
  for (const domain of DOMAINS) writeJson(join(nested, domain, 'configuration.json'), fixtureConfiguration(name, domain));
  for (const domain of DOMAINS) writeFileSync(join(nested, domain, PARAMETER_CHECKS_FILE), '');
}

function codeKey(domain: string): string {
  return `${Buffer.from(domain.padEnd(32, '.')).toString('hex')}.zip`;
}

function file(path: string, objectKey: string): Json {
  return { source: { path }, destinations: { here: { objectKey } } };
}

function fixtureResources(account: string): Record<string, Json> {
  const anybody = { Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
  const policy = { Statement: [{ Effect: 'Allow', ...anybody }, { Effect: 'Deny', ...anybody, Condition: { StringNotEquals: { 'aws:SourceVpce': { Ref: 'Endpoint' } } } }] };
  const api = (type: string, SecurityPolicy: string, key = BODIES.body): Json => resource('AWS::ApiGateway::RestApi', {
    DisableExecuteApiEndpoint: true, ApiKeySourceType: 'AUTHORIZER', SecurityPolicy, EndpointConfiguration: { Types: [type] }, BodyS3Location: { Bucket: 'assets', Key: key },
    Tags: [{ Key: 'ApprovedExposure', Value: 'public' }, { Key: 'Classification', Value: type === 'PRIVATE' ? 'PROTECTED' : 'OFFICIAL' }, { Key: 'MessageSignatures', Value: 'required' }, { Key: 'Owner', Value: 'payments' }, { Key: 'DataSensitivity', Value: 'personal' }],
    ...(type === 'PRIVATE' && { Policy: policy }),
  });
  return {
    Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
    FlowLog: resource('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL', LogDestinationType: 's3', LogDestination: { 'Fn::GetAtt': ['Archive', 'Arn'] } }),
    Subnet: resource('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false }),
    Endpoint: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SecurityGroupIds: ['sg'], ServiceName: 'com.amazonaws.ap-southeast-2.execute-api' }),
    PublicDomain: resource('AWS::ApiGateway::DomainName', { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT', RegionalCertificateArn: { Ref: 'Certificate' } }),
    PartnerDomain: resource('AWS::ApiGateway::DomainName', { SecurityPolicy: 'TLS_1_2', MutualTlsAuthentication: { TruststoreUri: `s3://assets/${TRUST_STORE_KEY}` }, RegionalCertificateArn: { Ref: 'Certificate' } }),
    InternalDomain: resource('AWS::ApiGateway::DomainNameV2', { EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: policy, CertificateArn: { Ref: 'Certificate' } }),
    PublicApi: api('REGIONAL', 'SecurityPolicy_TLS13_1_3_2025_09'),
    PartnerApi: api('REGIONAL', 'TLS_1_2'),
    InternalApi: api('PRIVATE', 'TLS_1_2'),
    RootApi: api('PRIVATE', 'TLS_1_2', BODIES.root),
    ...surroundings('Public', { api: 'accounts', authorizerFunction: { Ref: 'AuthorizerHandlerpublic' } }),
    ...surroundings('Partner', { api: 'accounts', authorizerFunction: { Ref: 'AuthorizerHandlerpartner' } }),
    ...surroundings('Internal', { api: 'accounts', authorizerFunction: { Ref: 'AuthorizerHandlerinternal' } }),
    ...surroundings('Root', { api: 'root', publishedKeysFunction: { Ref: 'PublishedKeys' } }),
    Association: resource('AWS::ApiGateway::DomainNameAccessAssociation', { AccessAssociationSource: { Ref: 'Endpoint' }, AccessAssociationSourceType: 'VPCE' }),
    Certificate: resource('AWS::CertificateManager::Certificate', { KeyAlgorithm: 'EC_prime256v1' }),
    WebAcl: { ...resource('AWS::WAFv2::WebACL', { AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: 'KB_64' } } }, Rules: fixtureWebAclRules() }), Metadata: { [WEB_ACL_CAPACITY]: { units: 1218, budget: 1500 }, [WEB_ACL_DECOYS]: { honeypots: 1, blocks: true } } },
    WebAclLog: resource('AWS::WAFv2::LoggingConfiguration', { ResourceArn: { 'Fn::GetAtt': ['WebAcl', 'Arn'] }, LogDestinationConfigs: ['arn'], RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, ...['x-api-key', 'dpop', 'txn-token', 'cookie', 'x-protective-marking'].map((Name) => ({ SingleHeader: { Name } })), { QueryString: {} }, { UriPath: {} }] }),
    PublishedKeys: resource('AWS::Lambda::Function', { Code: { S3Key: `${'d'.repeat(64)}.zip` }, Environment: { Variables: { PUBLISHED_KEYS_SECRET_ARN: { Ref: 'SigningKey' } } } }),
    KeyRotation: resource('AWS::Lambda::Function', { Code: { S3Key: `${'e'.repeat(64)}.zip` } }),
    Topic: resource('AWS::SNS::Topic', {}),
    TopicPolicy: resource('AWS::SNS::TopicPolicy', { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: { Ref: 'Topic' }, Condition: { StringEquals: { 'aws:SourceAccount': account } } }] } }),
    Subscription: resource('AWS::SNS::Subscription', { TopicArn: { Ref: 'Topic' }, Protocol: 'email' }),
    ...Object.fromEntries(DOMAINS.map((domain) => [`AuthorizerHandler${domain}`, resource('AWS::Lambda::Function', { Code: { S3Key: codeKey(domain) }, VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: ['sg'] }, Environment: { Variables: { SIGNING_KEY_SECRET_ARN: { Ref: 'SigningKey' }, ...(domain === 'public' && { REPLAY_TABLE_ARN: { 'Fn::GetAtt': ['UsedProofs', 'Arn'] }, RATE_TABLE_ARN: { 'Fn::GetAtt': ['Requests', 'Arn'] } }) } } })])),
    Accounts: resource('AWS::Lambda::Function', {
      FunctionName: 'accounts', Code: { S3Key: `${'9'.repeat(64)}.zip` },
      Environment: { Variables: { TRUST_SERVICE: 'accounts', BODY_LIMITS: '{"depth":8,"bodyBytes":65536}', MESSAGE_SIGNATURES: '{"maxAgeSeconds":60,"keys":{"partner":{"acme":{"acme-2027":{"kty":"OKP","crv":"Ed25519","x":"AAAA"}}}}}', NONCE_TABLE_ARN: { 'Fn::GetAtt': ['UsedNonces', 'Arn'] }, BODY_VALIDATORS: '/opt/body-validators.js' } },
      Layers: [{ Ref: 'AccountsValidators' }],
    }),
    AccountsValidators: resource('AWS::Lambda::LayerVersion', { Content: { S3Key: `${'8'.repeat(64)}.zip` } }),
    AccountsConnections: resource('AWS::EC2::SecurityGroup', { GroupDescription: 'API service accounts: declared connections out, nothing in' }),
    UsedNonces: resource('AWS::DynamoDB::Table', { Tags: [{ Key: 'Nonces', Value: 'signatures of messages' }], TimeToLiveSpecification: { AttributeName: 'until', Enabled: true }, SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } }),
    UsedProofs: resource('AWS::DynamoDB::Table', { TimeToLiveSpecification: { AttributeName: 'until', Enabled: true }, SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } }),
    Requests: resource('AWS::DynamoDB::Table', { TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true }, SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } }),
    Counting: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:UpdateItem', Resource: { 'Fn::GetAtt': ['Requests', 'Arn'] } }] } }),
    KmsAuthorizer: resource('AWS::Lambda::Function', { Code: { S3Key: `${'e'.repeat(64)}.zip` }, Environment: { Variables: { SIGNING_KEY_ARNS: { 'Fn::GetAtt': ['KmsSigningKey', 'Arn'] } } } }),
    Permission: resource('AWS::Lambda::Permission', { Principal: 'apigateway.amazonaws.com', SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:::${PublicApi}/authorizers/*' } }),
    SigningKey: resource('AWS::SecretsManager::Secret', { Description: 'Private key that signs trust tokens', KmsKeyId: { Ref: 'Key' } }),
    ApiKey: resource('AWS::SecretsManager::Secret', { Name: 'Test/partner/acme/api-key', KmsKeyId: { Ref: 'Key' } }),
    ApiKeyRotation: resource('AWS::SecretsManager::RotationSchedule', { SecretId: { Ref: 'ApiKey' }, RotationRules: { ScheduleExpression: 'rate(90 days)' }, RotationLambdaARN: { 'Fn::GetAtt': ['KeyRotation', 'Arn'] } }),
    UsagePlan: resource('AWS::ApiGateway::UsagePlan', { ApiStages: ['Public', 'Partner', 'Internal'].map((name) => ({ ApiId: { Ref: `${name}Api` }, Stage: { Ref: `${name}Stage` } })), Throttle: { RateLimit: 5, BurstLimit: 5 } }),
    Rotation: resource('AWS::SecretsManager::RotationSchedule', { SecretId: { Ref: 'SigningKey' }, RotationRules: { ScheduleExpression: 'rate(30 days)' }, RotationLambdaARN: { 'Fn::GetAtt': ['KeyRotation', 'Arn'] } }),
    Key: resource('AWS::KMS::Key', { EnableKeyRotation: true }),
    KmsSigningKey: resource('AWS::KMS::Key', {
      KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY',
      KeyPolicy: { Statement: [
        { Effect: 'Allow', Principal: { AWS: 'root' }, Action: ['kms:DisableKey', 'kms:PutKeyPolicy'] },
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'kms:Sign', Condition: { StringNotEquals: { 'aws:PrincipalTag/ApiSecurityDuty': 'sign-trust-tokens' } } },
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'kms:CreateGrant' },
      ] },
    }),
    Archive: resource('AWS::S3::Bucket', {
      ObjectLockEnabled: true, ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } } }, VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    }),
    ArchivePolicy: resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Archive' }, PolicyDocument: { Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } }),
    ...fileUploads(),
    DecoyBlock: resource('AWS::Lambda::Function', { Code: { S3Key: `${'9'.repeat(64)}.zip` }, Environment: { Variables: { BLOCK_SECONDS: '3600' } } }),
    ...Object.fromEntries(['Honeypot', 'CanaryApiKey'].map((rule) => [`Alarm${rule}`, resource('AWS::CloudWatch::Alarm', { MetricName: 'CountedRequests', Dimensions: [{ Name: 'Rule', Value: rule }], Threshold: 1, Period: 60, AlarmActions: [{ Ref: 'Topic' }] })])),
    AlarmCanaryClient: resource('AWS::CloudWatch::Alarm', { MetricName: 'Refusals', Dimensions: [{ Name: 'Reason', Value: 'canary_presented' }], Threshold: 1, Period: 60, AlarmActions: [{ Ref: 'Topic' }] }),
    Log: { ...resource('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] }, RetentionInDays: 400 }), DeletionPolicy: 'Retain' },
    ServerCertificateAlarm: resource('AWS::CloudWatch::Alarm', { MetricName: 'DaysToExpiry', Threshold: 30, AlarmActions: [{ Ref: 'Topic' }] }),
    TrustStoreAlarm: resource('AWS::CloudWatch::Alarm', { Metrics: [{ Expression: '(4102444800 - EPOCH(clock)) / 86400' }], Threshold: 30, AlarmActions: [{ Ref: 'Topic' }] }),
    StoredTrustStore: resource('Custom::StoredTrustStore', { Partners: { acme: { PrivateAuthorities: ['arn'] } } }),
    AuthorityAlarm: resource('AWS::CloudWatch::Alarm', { MetricName: 'AuthorityDaysLeft', TreatMissingData: 'breaching', Threshold: 30, AlarmActions: [{ Ref: 'Topic' }] }),
    AuthorityChangedAlarm: resource('AWS::CloudWatch::Alarm', { MetricName: 'AuthoritiesChanged', Threshold: 1, AlarmActions: [{ Ref: 'Topic' }] }),
    ...Object.fromEntries(ALARMS.map(([metric, dimension, value]) => [`Alarm${metric}${value}`, resource('AWS::CloudWatch::Alarm', { MetricName: metric, Dimensions: [{ Name: dimension, Value: value }], AlarmActions: [{ Ref: 'Topic' }] })])),
  };
}

const ALARMS = [
  ['BlockedRequests', 'WebACL', 'public'], ['Errors', 'FunctionName', 'Rotation'], ['Throttles', 'FunctionName', 'AuthorizerHandler'], ['DependencyFailures', 'Dependency', 'SigningKey'], ['DependencyFailures', 'Dependency', 'RateTable'], ['MalwareFound', 'Service', 'documents'],
  ...['trust_token_forged', 'signature_invalid', 'scope_insufficient', 'dependency_failed', 'internal_error', 'certificate_revoked', 'revocation_unknown'].map((reason) => ['Refusals', 'Reason', reason] as const),
] as const;

/** Buckets of files, their scanner and their release. */
function fileUploads(): Record<string, Json> {
  const roles = (...ids: string[]): Json => ({ ArnNotEquals: { 'aws:PrincipalArn': ids.map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })) } });
  const deny = (Action: unknown, Condition: Json): Json => ({ Effect: 'Deny', Principal: { AWS: '*' }, Action, Condition });
  const policy = (Bucket: string, ...statements: Json[]): Json => resource('AWS::S3::BucketPolicy', { Bucket: { Ref: Bucket }, PolicyDocument: { Statement: [deny('s3:*', { Bool: { 'aws:SecureTransport': 'false' } }), ...statements.map((statement) => ({ ...statement, Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [Bucket, 'Arn'] }, '/*']] } }))] } });
  const bucket = resource('AWS::S3::Bucket', {
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  });
  const reads = ['s3:GetObject', 's3:GetObjectVersion'];
  return {
    Quarantine: bucket,
    Released: bucket,
    ScannerRole: resource('AWS::IAM::Role', {}),
    ReleaseRole: resource('AWS::IAM::Role', {}),
    QuarantinePolicy: policy('Quarantine',
      deny(reads, roles('ScannerRole', 'ReleaseRole')),
      deny(reads, { ...roles('ScannerRole'), StringNotEquals: { 's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND' } }),
      deny(['s3:PutObjectTagging', 's3:PutObjectVersionTagging'], roles('ScannerRole'))),
    ReleasedPolicy: policy('Released', deny('s3:PutObject', roles('ReleaseRole'))),
    ScannerPlan: resource('AWS::GuardDuty::MalwareProtectionPlan', { Role: { 'Fn::GetAtt': ['ScannerRole', 'Arn'] }, ProtectedResource: { S3Bucket: { BucketName: { Ref: 'Quarantine' } } }, Actions: { Tagging: { Status: 'ENABLED' } } }),
    FileRelease: resource('AWS::Lambda::Function', { Code: { S3Key: `${'f'.repeat(64)}.zip` }, Environment: { Variables: { FILE_QUARANTINE_BUCKET: { Ref: 'Quarantine' }, FILE_RELEASED_BUCKET: { Ref: 'Released' }, FILE_TYPES: 'application/pdf=10485760' } } }),
    ScanResult: resource('AWS::Events::Rule', { State: 'ENABLED', EventPattern: { 'detail-type': ['GuardDuty Malware Protection Object Scan Result'] }, Targets: [{ Arn: { 'Fn::GetAtt': ['FileRelease', 'Arn'] } }] }),
  };
}

/** The stage of an API, its web ACL and its execution log. */
function surroundings(name: string, Variables: Json): Record<string, Json> {
  const api = { Ref: `${name}Api` };
  return {
    [`${name}Stage`]: resource('AWS::ApiGateway::Stage', {
      RestApiId: api, StageName: 'live', Variables,
      AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] }, Format: '{"request":"$context.extendedRequestId","txn":"$context.authorizer.txn"}' },
      TracingEnabled: true, ClientCertificateId: { Ref: 'ClientCertificate' }, MethodSettings: [{ DataTraceEnabled: false, LoggingLevel: 'ERROR', ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 }],
    }),
    [`${name}ExecutionLog`]: { ...resource('AWS::Logs::LogGroup', { LogGroupName: { 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', api, '/live']] }, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] }, RetentionInDays: 365 }), DeletionPolicy: 'Retain' },
    [`${name}WebAcl`]: resource('AWS::WAFv2::WebACLAssociation', { WebACLArn: { 'Fn::GetAtt': ['WebAcl', 'Arn'] }, ResourceArn: { 'Fn::Join': ['', ['arn:aws:apigateway:::/restapis/', api, '/stages/', { Ref: `${name}Stage` }]] } }),
  };
}

function resource(Type: string, Properties: Json): Json {
  return { Type, Properties };
}

function invocation(account: string, name: string): string {
  return `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/arn:aws:lambda:${REGION}:${account}:function:${name}/invocations`;
}

function gatewayResponses(): Json {
  const refusal = Object.fromEntries(Object.entries({ ...SECURITY_HEADERS, 'Content-Type': 'application/problem+json' }).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]));
  const standing = Object.fromEntries(Object.entries({ 'Retry-After': 'retryAfter', 'X-Rate-Limit-Limit': 'limit', 'X-Rate-Limit-Remaining': 'remaining', 'X-Rate-Limit-Reset': 'reset' }).map(([name, member]) => [`gatewayresponse.header.${name}`, `context.authorizer.${member}`]));
  return { DEFAULT_4XX: { responseParameters: refusal }, DEFAULT_5XX: { responseParameters: refusal }, INVALID_API_KEY: { statusCode: 429, responseParameters: { ...refusal, ...standing } } };
}

function fixtureBody(account: string): Json {
  return {
    openapi: '3.0.1',
    paths: { '/accounts': {
      get: { parameters: [{ name: 'X-Protective-Marking', in: 'header', required: true }], security: [{ authorizer: [] }, { api_key: [] }], 'x-amazon-apigateway-request-validator': 'all', 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: invocation(account, 'accounts') }, 'x-cdk-api-security-not-enforced': ['format date-time', `format date${BY_VALIDATOR}`], 'x-cdk-api-security-parameter-rules': rulesDigest(RULES) },
      'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': { type: 'mock' } },
    } },
    'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
    components: { securitySchemes: { authorizer: {
      type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': { type: 'request', authorizerUri: invocation(account, '${stageVariables.authorizerFunction}'), authorizerResultTtlInSeconds: 0 },
    }, api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } },
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
    'x-amazon-apigateway-gateway-responses': gatewayResponses(),
  };
}

function fixtureRootBody(account: string): Json {
  const mock = { 'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': { type: 'mock' } } };
  return {
    openapi: '3.0.1',
    paths: { '/': mock, '/.well-known/jwks.json': { ...mock, get: { 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: invocation(account, '${stageVariables.publishedKeysFunction}') } } } },
    'x-amazon-apigateway-gateway-responses': gatewayResponses(),
  };
}

function fixtureConfiguration(environment: string, securityDomain: string): Json {
  const host = `${environment.toLowerCase()}.example`;
  return {
    environment, securityDomain, trustDomain: host, trustIssuer: `https://api.${host}`, trustTokenSeconds: 60, mutualTls: true,
    ...(securityDomain === 'public' && { proof: { host }, rateLimits: { accounts: { requests: 10, windowSeconds: 60 } } }),
    ...(securityDomain === 'public' && { proof: { host } }),
    ...(securityDomain === 'partner' && { revocation: [{ partner: 'acme', authorities: [CERTIFICATE], lists: ['https://pki.acme.example/root.crl'], refreshSeconds: 300, usableThroughOutageSeconds: 3600 }] }),
    accessToken: { issuer: `https://idp.${host}`, audience: host, algorithms: ['ES256'], maxLifetimeSeconds: 300, clockSkewSeconds: 5, keysUsableThroughOutageSeconds: 3600 },
    clients: { acme: { consumer: 'acme', type: 'system', groups: ['accounts'], apiKeySecret: 'Test/partner/acme/api-key', certificates: [{ subject: 'CN=acme', issuers: [CERTIFICATE] }], partner: 'acme' } },
    ...(securityDomain === 'public' && { canaries: ['legacy-batch'] }),
    operations: { 'accounts GET /accounts': { id: 'list', service: 'accounts', group: 'accounts', scopes: [['accounts:read']], marking: { ceiling: 'PROTECTED', required: true }, parameters: RULES }, ...(securityDomain === 'public' && { 'root GET /admin': { id: 'honeypot /admin', service: '(honeypot)', group: '(honeypot)', scopes: [['(honeypot)']] } }) },
  };
}

function writeJson(path: string, content: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(content));
}
