import { SECURITY_HEADERS } from '../../contract/security-headers';
import { PROBLEM_MEDIA_TYPE } from '../../contract/problem';
import { TRUST_TOKEN_HEADER } from '../../contract/trust-token';
import type { Check } from '../check';
import type { Condition } from '../condition';
import { domainDeclared, SERVES_OPERATIONS } from './security-domain';

const REST_API = 'AWS::ApiGateway::RestApi';
const STAGE = 'AWS::ApiGateway::Stage';
const PRIVATE: Condition = { path: 'EndpointConfiguration.Types', contains: 'PRIVATE' };
const REGIONAL: Condition = { path: 'EndpointConfiguration.Types', contains: 'REGIONAL' };
const INTEGRATION = 'x-amazon-apigateway-integration';

const headerChecks = Object.keys(SECURITY_HEADERS).map((header): Check => ({
  id: `refusals-${header.toLowerCase()}`,
  shows: `Every refusal of the gateway carries ${header}.`,
  types: [REST_API],
  that: [{ path: '$gatewayResponses', everyItem: [{ path: ['responseParameters', `gatewayresponse.header.${header}`], exists: true }] }],
  quantifier: 'every',
}));

/** The labels of an API service, and what each records. */
const TAGS = [
  ['classification', 'Classification', 'security classification'],
  ['approved-exposure', 'ApprovedExposure', 'approved exposure'],
  ['owner', 'Owner', 'owner'],
] as const;

const tagChecks = TAGS.map(([name, tag, records]): Check => ({
  id: `api-${name}-recorded`,
  shows: `Every API carries the ${records} of its service as a tag.`,
  types: [REST_API],
  where: [SERVES_OPERATIONS],
  that: [{ path: 'Tags', someItem: [{ path: 'Key', equals: tag }, { path: 'Value', exists: true }] }],
  quantifier: 'every',
}));

/** What the REST APIs and their stages enforce. */
export const GATEWAY_CHECKS: readonly Check[] = [
  {
    id: 'default-endpoint-disabled',
    shows: 'No API answers on its default endpoint, so web ACL and mutual TLS of the domain name cannot be passed by.',
    types: [REST_API], that: [{ path: 'DisableExecuteApiEndpoint', equals: true }], quantifier: 'every',
  },
  {
    id: 'rest-api-tls',
    shows: 'Every API on the internet states a TLS policy of its own, TLS 1.2 or newer.',
    types: [REST_API], where: [REGIONAL], that: [{ path: 'SecurityPolicy', matches: '^(SecurityPolicy_TLS13_|TLS_1_2$)' }], quantifier: 'every', declaredBy: domainDeclared('public', 'partner'),
  },
  {
    id: 'internal-api-policy',
    shows: 'Every internal API admits the VPC endpoint of its environment only.',
    types: [REST_API], where: [PRIVATE], that: [{ path: 'Policy', matches: 'aws:SourceVpce' }], quantifier: 'every', declaredBy: domainDeclared('internal'),
  },
  {
    id: 'operations-authorized',
    shows: 'Every operation on the internet has an authorizer; there is no anonymous operation.',
    types: [REST_API], where: [REGIONAL, SERVES_OPERATIONS], that: [{ path: '$operations', everyItem: [{ path: 'security', everyItem: [{ path: '', exists: true }] }] }], quantifier: 'every', declaredBy: domainDeclared('public', 'partner'),
  },
  {
    id: 'internal-operations-authorized',
    shows: 'Every internal operation has an authorizer; being inside the network is no credential.',
    types: [REST_API], where: [PRIVATE, SERVES_OPERATIONS], that: [{ path: '$operations', everyItem: [{ path: 'security', everyItem: [{ path: '', exists: true }] }] }], quantifier: 'every', declaredBy: domainDeclared('internal'),
  },
  {
    id: 'operations-validated',
    shows: 'Every operation has a request validator.',
    types: [REST_API], where: [SERVES_OPERATIONS], that: [{ path: '$operations', everyItem: [{ path: 'x-amazon-apigateway-request-validator', exists: true }] }], quantifier: 'every',
  },
  {
    id: 'validators-check-body-and-parameters',
    shows: 'The request validators check bodies against their models, and that required parameters are there.',
    types: [REST_API], where: [SERVES_OPERATIONS],
    that: [
      { path: '$body.x-amazon-apigateway-request-validators', everyItem: [{ path: 'validateRequestBody', equals: true }, { path: 'validateRequestParameters', equals: true }] },
    ],
    quantifier: 'every',
  },
  {
    id: 'backends-https',
    shows: 'Every integration reaches its backend over HTTPS or through the Lambda API.',
    types: [REST_API], where: [SERVES_OPERATIONS], that: [{ path: '$operations', everyItem: [{ path: [INTEGRATION, 'uri'], matches: '^(https://|arn:)|Fn::' }] }], quantifier: 'every',
  },
  {
    id: 'backends-get-trust-token',
    shows: 'Every backend gets the trust token of the authorizer: in the request context of a function, or in a header in place of whatever the caller sent.',
    types: [REST_API], where: [SERVES_OPERATIONS],
    that: [{ path: '$operations', everyItem: [{ path: INTEGRATION, matches: `"type":"aws_proxy"|"integration.request.header.${TRUST_TOKEN_HEADER}":"context.authorizer.trustToken"` }] }],
    quantifier: 'every',
  },
  {
    id: 'decisions-not-cached',
    shows: 'No authorization decision is cached: every request is decided anew.',
    types: [REST_API], where: [SERVES_OPERATIONS],
    that: [{ path: '$body.components.securitySchemes', everyItem: [{ path: 'x-amazon-apigateway-authorizer.authorizerResultTtlInSeconds', equals: 0 }] }],
    quantifier: 'every',
  },
  {
    id: 'refusals-problem-json',
    shows: 'Every refusal of the gateway is problem+json and says nothing of the inside.',
    types: [REST_API],
    that: [{ path: '$gatewayResponses', everyItem: [{ path: ['responseParameters', 'gatewayresponse.header.Content-Type'], equals: `'${PROBLEM_MEDIA_TYPE}'` }] }],
    quantifier: 'every',
  },
  ...headerChecks,
  ...tagChecks,
  {
    id: 'stage-throttled',
    shows: 'Every stage limits the rate of requests to what its plan allows.',
    types: [STAGE], that: [{ path: 'MethodSettings', someItem: [{ path: 'ThrottlingRateLimit', atLeast: 1 }] }], quantifier: 'every',
  },
  {
    id: 'stage-access-log',
    shows: 'Every stage logs every request, permitted or blocked.',
    types: [STAGE], that: [{ path: 'AccessLogSetting.DestinationArn', exists: true }], quantifier: 'every',
  },
  {
    id: 'stage-access-log-structured',
    shows: 'Access logs are JSON records with a request id that no client can choose.',
    types: [STAGE], that: [{ path: 'AccessLogSetting.Format', matches: '^\\{.*\\$context\\.extendedRequestId' }], quantifier: 'every',
  },
  {
    id: 'stage-access-log-no-credentials',
    shows: 'Access logs hold neither tokens nor API keys.',
    types: [STAGE], that: [{ path: 'AccessLogSetting.Format', matches: '^(?!.*(authorizer\\.trustToken|identity\\.apiKey\\b|input\\.))' }], quantifier: 'every',
  },
  {
    id: 'stage-no-data-trace',
    shows: 'Requests and responses are not traced in full, so bodies and credentials stay out of the logs.',
    types: [STAGE], that: [{ path: 'MethodSettings', everyItem: [{ path: 'DataTraceEnabled', equals: false }] }], quantifier: 'every',
  },
  {
    id: 'stage-client-certificate',
    shows: 'Every stage presents a client certificate, by which an HTTPS backend recognises its gateway.',
    types: [STAGE], that: [{ path: 'ClientCertificateId', exists: true }], quantifier: 'every',
  },
  {
    id: 'stage-traced',
    shows: 'Every stage takes part in distributed tracing.',
    types: [STAGE], that: [{ path: 'TracingEnabled', equals: true }], quantifier: 'every',
  },
];
