import { FeatureAudit } from '../../../local/assembly/feature-audit';
import { unknownVariables } from '../../../local/rest-api/context-variables';

const audit = new FeatureAudit();
const INTEGRATION = 'x-amazon-apigateway-integration';

test.each<[string, () => void, string]>([
  ['a setting of a REST API', () => audit.settings('AWS::ApiGateway::RestApi', 'Api', { Body: {}, Quantum: true }), 'LOCAL_FEATURE: every setting of a REST API is known, got Quantum of Api; write a REST API without it, or one of Body, '],
  ['a setting of a stage', () => audit.settings('AWS::ApiGateway::Stage', 'Live', { Throttle: 1 }), 'got Throttle of Live'],
  ['a setting of a domain name', () => audit.settings('AWS::ApiGateway::DomainName', 'Name', { Firewall: 'x' }), 'got Firewall of Name'],
  ['a setting of a usage plan', () => audit.settings('AWS::ApiGateway::UsagePlan', 'Plan', { Burst: 1 }), 'got Burst of Plan'],
  ['an extension of a document', () => audit.document('accounts', { 'x-amazon-apigateway-firewall': {} }), 'LOCAL_FEATURE: every setting of an API document is known, got x-amazon-apigateway-firewall of accounts'],
  ['an extension of a path', () => audit.document('accounts', { paths: { '/a': { 'x-amazon-apigateway-cors': {} } } }), 'got x-amazon-apigateway-cors of accounts /a'],
  ['an authorization by signatures', () => audit.document('accounts', { paths: { '/a': { get: { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } } } } }), 'got x-amazon-apigateway-auth of accounts get /a'],
  ['a setting of an integration', () => audit.document('accounts', { paths: { '/a': { get: { [INTEGRATION]: { type: 'mock', retries: 3 } } } } }), 'got retries of accounts get /a'],
  ['a setting of an authorizer', () => audit.document('accounts', { components: { securitySchemes: { a: { 'x-amazon-apigateway-authorizer': { type: 'request', identityValidationExpression: '.' } } } } }), 'got identityValidationExpression of accounts a'],
  ['a method beside the document', () => audit.type('AWS::ApiGateway::Method', 'Get'), 'LOCAL_FEATURE: a REST API is whole in its OpenAPI body, got AWS::ApiGateway::Method Get; write it in the Body or BodyS3Location of its API'],
])('refuses %s that it does not know', (_, look, message) => {
  expect(look).toThrow(message);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
test('names log variables that it has no value for', () => {
  const fresh = new FeatureAudit();
  fresh.variables(unknownVariables('$context.requestId $context.authorizer.consumer $context.identity.caller $context.responseLatency'));
  expect(fresh.notEmulated).toEqual(['log variable $context.identity.caller']);
});

test('names what it knows and does not emulate, once, and only where it is switched on', () => {
  const fresh = new FeatureAudit();
  fresh.settings('AWS::ApiGateway::Stage', 'A', { StageName: 'live', CacheClusterEnabled: true, CacheClusterSize: '0.5', TracingEnabled: false });
  fresh.settings('AWS::ApiGateway::DomainName', 'B', { RoutingMode: 'BASE_PATH_MAPPING_ONLY' });
  fresh.document('accounts', { 'openapi': '3.0.1', 'x-owner': 'team', 'paths': { '/a': { get: { [INTEGRATION]: { type: 'http_proxy', uri: 'https://a', tlsConfig: { insecureSkipVerification: true } } } } } });
  expect(fresh.notEmulated).toEqual(['response cache', 'TLS settings of integrations']);
});
