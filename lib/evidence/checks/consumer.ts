import { RATE_LIMIT_HEADERS, RATE_TABLE_ATTRIBUTES, RATE_TABLE_VARIABLE } from '../../contract/rate-limit';
import type { Check } from '../check';
import type { Condition } from '../condition';
import { ROTATED } from './rotation';
import { SERVES_OPERATIONS } from './security-domain';

const FUNCTION = 'AWS::Lambda::Function';

const RATE_TABLE_NAMED = `Environment.Variables.${RATE_TABLE_VARIABLE}`;
const COUNTS: Condition = { path: '$configuration.rateLimits', exists: true };

/** A table that an authorizer may count in, whose counts go by themselves. */
const RATE_TABLE: readonly Condition[] = [
  { path: '$type', equals: 'AWS::DynamoDB::Table' },
  { path: 'TimeToLiveSpecification.AttributeName', equals: RATE_TABLE_ATTRIBUTES.expires },
  { path: 'TimeToLiveSpecification.Enabled', equals: true },
  { path: 'SSESpecification.SSEEnabled', equals: true },
  { path: 'SSESpecification.KMSMasterKeyId', refersTo: [{ path: '$type', equals: 'AWS::KMS::Key' }] },
  { path: '', referencedBy: { type: 'AWS::IAM::ManagedPolicy', path: 'PolicyDocument.Statement', that: [{ path: 'PolicyDocument.Statement', someItem: [{ path: 'Effect', equals: 'Allow' }, { path: 'Action', equals: 'dynamodb:UpdateItem' }] }] } },
];

const exceeded = (...path: readonly string[]): readonly string[] => ['$gatewayResponses', 'INVALID_API_KEY', ...path];

/** A canary's key is one member of a generated document, and no consumer's; replaced, what was planted would tell of nobody. */
const NO_CANARY: Condition = { path: 'GenerateSecretString.GenerateStringKey', exists: false };

/** How consumers are told apart beside their access tokens: what they may use, and the keys that some of them present. */
export const CONSUMER_CHECKS: readonly Check[] = [
  {
    id: 'consumers-throttled',
    shows: 'Every operation counts the requests of each consumer by themselves, in a usage plan with a rate; whose request it is says the authorizer, not a header of the caller.',
    types: ['AWS::ApiGateway::RestApi'], where: [SERVES_OPERATIONS],
    that: [
      { path: 'ApiKeySourceType', equals: 'AUTHORIZER' },
      { path: ['$body', 'x-amazon-apigateway-api-key-source'], equals: 'AUTHORIZER' },
      { path: '$operations', everyItem: [{ path: 'security', someItem: [{ path: '', only: ['api_key'] }] }] },
      { path: '', referencedBy: { type: 'AWS::ApiGateway::UsagePlan', path: 'ApiStages', that: [{ path: 'Throttle.RateLimit', exists: true }] } },
    ],
    quantifier: 'every',
  },
  {
    id: 'rate-limits-counted',
    shows: 'Where requests of consumers are limited exactly, the authorizer is told how many each may make in a window, and counts them, by one update each, in an encrypted table that all its instances share.',
    types: [FUNCTION], where: [{ path: '', anyOf: [[COUNTS], [{ path: RATE_TABLE_NAMED, exists: true }]] }],
    that: [
      { path: '$configuration.rateLimits', everyItem: [{ path: 'requests', atLeast: 1 }, { path: 'windowSeconds', atLeast: 1 }] },
      { path: RATE_TABLE_NAMED, refersTo: RATE_TABLE },
    ],
    quantifier: 'every',
    declaredBy: { type: 'AWS::DynamoDB::Table', where: [{ path: 'TimeToLiveSpecification.AttributeName', equals: RATE_TABLE_ATTRIBUTES.expires }] },
  },
  {
    id: 'rate-limits-told',
    shows: 'A request above an exact limit gets 429 from the gateway, which says when to come back, what the limit is, that nothing is left of it and when it starts anew. On other answers the service says so, from its trust token; the gateway cannot.',
    types: ['AWS::ApiGateway::RestApi'], where: [{ path: exceeded('statusCode'), equals: 429 }],
    that: [
      { path: exceeded('responseParameters', 'gatewayresponse.header.Retry-After'), equals: 'context.authorizer.retryAfter' },
      ...Object.entries(RATE_LIMIT_HEADERS).map(([name, member]): Condition => ({ path: exceeded('responseParameters', `gatewayresponse.header.${name}`), equals: `context.authorizer.${member}` })),
    ],
    quantifier: 'every', declaredBy: { type: FUNCTION, where: [COUNTS] },
  },
  {
    id: 'api-keys-rotated',
    shows: 'Every API key lies in a secret of its own and is rotated on a schedule by a function.',
    types: ['AWS::SecretsManager::Secret'], where: [{ path: 'Name', matches: '/api-key$' }, NO_CANARY],
    that: [{ path: 'KmsKeyId', exists: true }, { path: '', referencedBy: { type: 'AWS::SecretsManager::RotationSchedule', path: 'SecretId', that: ROTATED } }],
    quantifier: 'every',
    declaredBy: { type: FUNCTION, where: [{ path: '$configuration.clients', someItem: [{ path: 'apiKeySecret', exists: true }] }] },
  },
];
