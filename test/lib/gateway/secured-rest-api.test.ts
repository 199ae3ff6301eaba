import { Template } from 'aws-cdk-lib/assertions';
import { AnyPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RestApiBody } from '../../../lib/gateway/rest-api-body';
import { SecuredRestApi, SecuredRestApiProps } from '../../../lib/gateway/secured-rest-api';
import { apiService, get } from '../../fixtures/declaration';
import { operations, serviceWith } from '../../fixtures/growing-service';
import { accountsBody, bodyOf, mutated } from '../../fixtures/rest-api-body';
import { TestStack } from '../../fixtures/test-stack';

function templateOf(props: Partial<SecuredRestApiProps> = {}): Template {
  const stack = new TestStack();
  new SecuredRestApi(stack, 'Api', {
    endpoint: { type: 'REGIONAL', securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', accessMode: 'STRICT' },
    webAclArn: 'arn:aws:wafv2:ap-southeast-2:222222222222:regional/webacl/x/y',
    accessLog: LogGroup.fromLogGroupName(stack, 'Log', 'access'),
    logKey: stack.key,
    clientCertificateId: 'certificate',
    body: accountsBody(),
    api: 'accounts',
    rateLimit: 50,
    burstLimit: 75,
    functions: { authorizerFunction: { function: Function.fromFunctionArn(stack, 'Authorizer', 'arn:aws:lambda:ap-southeast-2:222222222222:function:authorizer'), source: 'authorizers/*' } },
    ...props,
  });
  return Template.fromStack(stack);
}

const deployment = (props: Partial<SecuredRestApiProps> = {}): string => Object.keys(templateOf(props).findResources('AWS::ApiGateway::Deployment'))[0]!;
const policy = (vpcEndpoint: string): PolicyDocument => new PolicyDocument({ statements: [new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['execute-api:Invoke'], resources: [vpcEndpoint] })] });
const PRIVATE = { type: 'PRIVATE', securityPolicy: 'TLS_1_2' };

test('closes the default endpoint and speaks the TLS of its domain', () => {
  templateOf().hasResourceProperties('AWS::ApiGateway::RestApi', {
    DisableExecuteApiEndpoint: true,
    EndpointConfiguration: { Types: ['REGIONAL'] },
    SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
    EndpointAccessMode: 'STRICT',
  });
});

// An import that updates an API does not read the key source from the description.
test('takes the usage identifier from the authorizer by a property of the API, so that an update takes it too', () => {
  templateOf().hasResourceProperties('AWS::ApiGateway::RestApi', { ApiKeySourceType: 'AUTHORIZER' });
});

test('throttles, traces and meters its stage, and never logs payloads', () => {
  templateOf().hasResourceProperties('AWS::ApiGateway::Stage', {
    StageName: 'live',
    TracingEnabled: true,
    ClientCertificateId: 'certificate',
    MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingRateLimit: 50, ThrottlingBurstLimit: 75 }],
    Variables: { api: 'accounts', authorizerFunction: 'authorizer' },
  });
});

test('logs every access without any header, query string or body', () => {
  const [stage] = Object.values(templateOf().findResources('AWS::ApiGateway::Stage')) as { Properties: { AccessLogSetting: { Format: string } } }[];
  const fields = JSON.parse(stage!.Properties.AccessLogSetting.Format) as Record<string, string>;
  for (const variable of Object.values(fields)) expect(variable).toMatch(/^\$context\.[A-Za-z.]+$/);
  expect(fields).toMatchObject({ status: '$context.status', sourceIp: '$context.identity.sourceIp', txn: '$context.authorizer.txn', correlationId: '$context.extendedRequestId' });
  expect(Object.values(fields).filter((variable) => /trustToken|accessToken|clientCertPem|\.path$/i.test(variable))).toEqual([]);
});

test('stands behind the web ACL', () => {
  const template = templateOf();
  const [stage] = Object.keys(template.findResources('AWS::ApiGateway::Stage'));
  const [association] = Object.values(template.findResources('AWS::WAFv2::WebACLAssociation')) as { Properties: { ResourceArn: object; WebACLArn: string } }[];
  expect(association!.Properties.WebACLArn).toContain('webacl/x/y');
  expect(JSON.stringify(association!.Properties.ResourceArn)).toContain(`{"Ref":"${stage}"}`);
});

test('lets the gateway call the authorizer from this REST API only', () => {
  templateOf().resourceCountIs('AWS::Lambda::Permission', 1);
  const [permission] = Object.values(templateOf().findResources('AWS::Lambda::Permission')) as { Properties: { Principal: string; SourceArn: object } }[];
  expect(permission!.Properties.Principal).toBe('apigateway.amazonaws.com');
  expect(JSON.stringify(permission!.Properties.SourceArn)).toMatch(/"Ref":"ApiRestApi.*\/authorizers\/\*"/);
});

test('lets the gateway call a backend function of the environment', () => {
  templateOf({ backendFunctionName: 'accounts' }).hasResourceProperties('AWS::Lambda::Permission', { FunctionName: 'accounts', Action: 'lambda:InvokeFunction' });
});

test('keeps the size of its template however many operations there are', () => {
  const size = (count: number): number => JSON.stringify(templateOf({ body: bodyOf(serviceWith(operations(count, 1), 5000)) as unknown as RestApiBody }).toJSON()).length;
  expect(size(2000)).toBe(size(10));
});

test('refuses a body with an open operation', () => {
  const open = mutated(accountsBody(), (body) => {
    delete body.paths['/accounts']!.post!.security;
  });
  expect(() => templateOf({ body: open })).toThrow('OPERATION_OPEN');
});

test('deploys again when the body changes, and not otherwise', () => {
  expect(deployment()).toBe(deployment());
  expect(deployment({ rateLimit: 51, webAclArn: 'other', clientCertificateId: 'other' })).toBe(deployment());
  expect(deployment({ body: bodyOf(apiService({ operations: [get('/accounts')] })) })).not.toBe(deployment());
  const renamed = mutated(accountsBody(), (body) => {
    body['x-amazon-apigateway-gateway-responses'].THROTTLED!.responseParameters['gatewayresponse.header.Retry-After'] = "'2'";
  });
  expect(deployment({ body: renamed })).not.toBe(deployment());
});

test('deploys again when the endpoint or its policy changes', () => {
  const closed = deployment({ endpoint: { ...PRIVATE, policy: policy('vpce-1') } });
  expect(closed).not.toBe(deployment());
  expect(deployment({ endpoint: { ...PRIVATE, policy: policy('vpce-1') } })).toBe(closed);
  expect(deployment({ endpoint: { ...PRIVATE, policy: policy('vpce-2') } })).not.toBe(closed);
  expect(deployment({ endpoint: { ...PRIVATE, securityPolicy: 'TLS_1_0', policy: policy('vpce-1') } })).not.toBe(closed);
});

test('declares the execution log, which the platform would make without a key and for ever', () => {
  const template = templateOf();
  const [api] = Object.keys(template.findResources('AWS::ApiGateway::RestApi'));
  const [log] = Object.keys(template.findResources('AWS::Logs::LogGroup', { Properties: { LogGroupName: { 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', { Ref: api }, '/live']] }, RetentionInDays: 365 } }));
  expect(template.findResources('AWS::ApiGateway::Stage', { DependsOn: [log] })).not.toEqual({});
});
