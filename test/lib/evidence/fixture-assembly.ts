import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SECURITY_HEADERS } from '../../../lib/contract/security-headers';

/** A small assembly in which every row stands; the smallest app that has what the evidence asks for. */
export const FIXTURE_ENVIRONMENTS = ['Production', 'Test'] as const;

const BODY_KEY = `${'b'.repeat(64)}.json`;

type Json = Record<string, unknown>;

/** Writes the fixture; `change` may alter a stack's resources before they are written. */
export function writeFixture(directory: string, change: (resources: Record<string, Json>, environment: string) => void = () => undefined): string {
  writeJson(join(directory, 'manifest.json'), { version: '55.0.0', artifacts: Object.fromEntries(FIXTURE_ENVIRONMENTS.map((name) => [`assembly-${name}`, { type: 'cdk:cloud-assembly', properties: { directoryName: `assembly-${name}`, displayName: name } }])) });
  FIXTURE_ENVIRONMENTS.forEach((name, index) => {
    const resources = fixtureResources(name);
    change(resources, name);
    writeEnvironment(directory, name, `${index + 1}`.repeat(12), resources);
  });
  return directory;
}

function writeEnvironment(directory: string, name: string, account: string, resources: Record<string, Json>): void {
  const nested = join(directory, `assembly-${name}`);
  const configuration = `${name.toLowerCase().padEnd(64, '0').replace(/[^0-9a-f]/g, 'a')}.zip`;
  writeJson(join(nested, 'manifest.json'), {
    artifacts: {
      'Edge.assets': { type: 'cdk:asset-manifest', properties: { file: 'Edge.assets.json' } },
      Edge: { type: 'aws:cloudformation:stack', environment: `aws://${account}/ap-southeast-2`, displayName: `${name}/Edge`, properties: { templateFile: 'Edge.template.json' }, additionalMetadataFile: 'Edge.metadata.json' },
    },
  });
  writeJson(join(nested, 'Edge.template.json'), { Resources: withCode(resources, configuration) });
  writeJson(join(nested, 'Edge.metadata.json'), { [`/${name}/Edge/Stage`]: [{ type: 'aws:cdk:acknowledged-rules', data: { 'CdkNag-AwsSolutions::APIG6': 'access logs are in <JSON> | by design' } }] });
  writeJson(join(nested, 'Edge.assets.json'), { files: { body: file('body.json', BODY_KEY), code: file('authorizer', configuration) } });
  writeJson(join(nested, 'body.json'), fixtureBody());
  writeJson(join(nested, 'authorizer', 'configuration.json'), fixtureConfiguration(name));
}

function withCode(resources: Record<string, Json>, key: string): Record<string, Json> {
  const { Authorizer } = resources;
  return Authorizer === undefined ? resources : { ...resources, Authorizer: { ...Authorizer, Properties: { ...(Authorizer.Properties as Json), Code: { S3Key: key } } } };
}

function file(path: string, objectKey: string): Json {
  return { source: { path }, destinations: { here: { objectKey } } };
}

function fixtureResources(environment: string): Record<string, Json> {
  const policy = { Statement: [{ Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpce': { Ref: 'Endpoint' } } } }] };
  const api = (type: string): Json => resource('AWS::ApiGateway::RestApi', {
    DisableExecuteApiEndpoint: true, SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT', EndpointConfiguration: { Types: [type] }, BodyS3Location: { Bucket: 'assets', Key: BODY_KEY },
    Tags: [{ Key: 'api:approved-exposure', Value: 'public' }, { Key: 'api:classification', Value: 'OFFICIAL' }, { Key: 'api:owner', Value: 'payments' }],
    ...(type === 'PRIVATE' && { Policy: policy }),
  });
  return {
    Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
    FlowLog: resource('AWS::EC2::FlowLog', { ResourceType: 'VPC', TrafficType: 'ALL' }),
    Subnet: resource('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false }),
    Endpoint: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SecurityGroupIds: ['sg'], ServiceName: 'com.amazonaws.ap-southeast-2.execute-api' }),
    PublicDomain: resource('AWS::ApiGateway::DomainName', { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT', RegionalCertificateArn: { Ref: 'Certificate' } }),
    PartnerDomain: resource('AWS::ApiGateway::DomainName', { SecurityPolicy: 'TLS_1_2', MutualTlsAuthentication: { TruststoreUri: 's3://store/partners.pem' }, RegionalCertificateArn: { Ref: 'Certificate' } }),
    InternalDomain: resource('AWS::ApiGateway::DomainNameV2', { EndpointConfiguration: { Types: ['PRIVATE'] }, Policy: policy, CertificateArn: { Ref: 'Certificate' } }),
    PublicApi: api('REGIONAL'),
    InternalApi: api('PRIVATE'),
    Stage: resource('AWS::ApiGateway::Stage', {
      AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['Log', 'Arn'] }, Format: '{"request":"$context.extendedRequestId","txn":"$context.authorizer.txn"}' },
      TracingEnabled: true, MethodSettings: [{ DataTraceEnabled: false, ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 }],
    }),
    WebAcl: resource('AWS::WAFv2::WebACL', { Rules: [
      ...['CommonRuleSet', 'KnownBadInputsRuleSet', 'SQLiRuleSet', 'AmazonIpReputationList', 'AnonymousIpList'].map((group) => ({ Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: `AWSManagedRules${group}` } } })),
      ...[{ SizeConstraintStatement: {} }, field({ SingleHeader: { Name: 'content-type' } }), field({ Method: {} }), field({ SingleHeader: { Name: 'txn-token' } }), { RateBasedStatement: { Limit: 600 } }].map((Statement) => ({ Statement, Action: { Block: {} } })),
    ] }),
    WebAclAssociation: resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:::/restapis/${PublicApi}/stages/${Stage}' } }),
    WebAclLog: resource('AWS::WAFv2::LoggingConfiguration', { ResourceArn: { 'Fn::GetAtt': ['WebAcl', 'Arn'] }, RedactedFields: [{ SingleHeader: { Name: 'authorization' } }] }),
    Authorizer: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: ['sg'] } }),
    SigningKey: resource('AWS::SecretsManager::Secret', { KmsKeyId: { Ref: 'Key' } }),
    Rotation: resource('AWS::SecretsManager::RotationSchedule', { RotationRules: { ScheduleExpression: 'rate(30 days)' }, RotationLambdaARN: 'arn' }),
    Key: resource('AWS::KMS::Key', { EnableKeyRotation: true }),
    Archive: resource('AWS::S3::Bucket', {
      ObjectLockEnabled: true, VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    }),
    ArchivePolicy: resource('AWS::S3::BucketPolicy', { Bucket: { Ref: 'Archive' }, PolicyDocument: { Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } }),
    Log: resource('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] }, RetentionInDays: 400 }),
    ...Object.fromEntries(['Refusals401', 'BlockedRequests', 'ThrottledRequests', '5XXError', 'Latency'].map((metric) => [`Alarm${metric}`, resource('AWS::CloudWatch::Alarm', { AlarmName: `${environment}-${metric}`, MetricName: metric, AlarmActions: ['arn'] })])),
  };
}

function field(FieldToMatch: Json): Json {
  return { ByteMatchStatement: { FieldToMatch } };
}

function resource(Type: string, Properties: Json): Json {
  return { Type, Properties };
}

function fixtureBody(): Json {
  const refusal = Object.fromEntries(Object.entries({ ...SECURITY_HEADERS, 'Content-Type': 'application/problem+json' }).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]));
  return {
    openapi: '3.0.1',
    paths: { '/accounts': {
      get: { security: [{ authorizer: [] }], 'x-amazon-apigateway-request-validator': 'all', 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: 'arn:aws:apigateway' }, 'x-cdk-api-security-not-enforced': ['format date-time'] },
      'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': { type: 'mock' } },
    } },
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
    'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: { responseParameters: refusal }, DEFAULT_5XX: { responseParameters: refusal } },
  };
}

function fixtureConfiguration(environment: string): Json {
  const host = `${environment.toLowerCase()}.example`;
  return {
    environment, securityDomain: 'partner', trustDomain: host, trustIssuer: `https://api.${host}`, trustTokenSeconds: 60, mutualTls: true,
    accessToken: { issuer: `https://idp.${host}`, audience: host, algorithms: ['ES256'], maxLifetimeSeconds: 300, clockSkewSeconds: 5 },
    clients: { acme: { consumer: 'acme', type: 'system', groups: ['accounts'], certificates: [{ subject: 'CN=acme' }] } },
    operations: { 'accounts GET /accounts': { id: 'list', service: 'accounts', group: 'accounts', scopes: [['accounts:read']] } },
  };
}

function writeJson(path: string, content: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(content));
}
