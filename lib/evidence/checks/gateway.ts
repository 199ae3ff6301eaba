import { SECURITY_HEADERS } from '../../contract/security-headers';
import { PROBLEM_MEDIA_TYPE } from '../../contract/problem';
import type { Check } from '../check';
import { domainDeclared, REGIONAL, SERVES_OPERATIONS } from './security-domain';

const REST_API = 'AWS::ApiGateway::RestApi';
const STAGE = 'AWS::ApiGateway::Stage';

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

/** What the REST APIs and their stages are set to. */
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
