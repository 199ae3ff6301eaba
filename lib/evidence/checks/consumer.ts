import type { Check } from '../check';
import { ROTATED } from './rotation';
import { SERVES_OPERATIONS } from './security-domain';

const FUNCTION = 'AWS::Lambda::Function';

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
    id: 'api-keys-rotated',
    shows: 'Every API key lies in a secret of its own and is rotated on a schedule by a function.',
    types: ['AWS::SecretsManager::Secret'], where: [{ path: 'Name', matches: '/api-key$' }],
    that: [{ path: 'KmsKeyId', exists: true }, { path: '', referencedBy: { type: 'AWS::SecretsManager::RotationSchedule', path: 'SecretId', that: ROTATED } }],
    quantifier: 'every',
    declaredBy: { type: FUNCTION, where: [{ path: '$configuration.clients', someItem: [{ path: 'apiKeySecret', exists: true }] }] },
  },
];
