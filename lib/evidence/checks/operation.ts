import { AUTHORIZER_STAGE_VARIABLE, PUBLISHED_KEYS_STAGE_VARIABLE, ROOT_API } from '../../contract/stage-variable';
import { API_STAGE_VARIABLE } from '../../contract/authorizer-configuration';
import { SIGNING_KEY_ENVIRONMENT } from '../../contract/signing-key';
import { TRUST_TOKEN_HEADER } from '../../contract/trust-token';
import type { Check } from '../check';
import type { Condition } from '../condition';
import { stageVariable } from '../operation-document';
import { ONLY_THROUGH_ENDPOINT } from './private-access';
import { domainDeclared, PRIVATE, REGIONAL, SERVES_OPERATIONS } from './security-domain';

const REST_API = 'AWS::ApiGateway::RestApi';
const STAGE = 'AWS::ApiGateway::Stage';
const FUNCTION: Condition = { path: '$type', equals: 'AWS::Lambda::Function' };
const INTEGRATION = 'x-amazon-apigateway-integration';
const AUTHORIZER = 'x-amazon-apigateway-authorizer';

/** A function of the account and Region that the API is deployed to. */
const OWN_FUNCTION: readonly Condition[] = [{ path: '$function.account', own: 'account' }, { path: '$function.region', own: 'region' }];

/** Every way to call every operation passes the authorizer that the stage names; a way without one, or with a scheme that is not declared, is none. */
const AUTHORIZED: Condition = {
  path: '$operations', everyItem: [{
    path: '$authorizers', everyItem: [
      { path: 'type', equals: 'apiKey' },
      { path: 'x-amazon-apigateway-authtype', equals: 'custom' },
      { path: [AUTHORIZER, 'type'], equals: 'request' },
      { path: '$function.name', equals: stageVariable(AUTHORIZER_STAGE_VARIABLE) },
      ...OWN_FUNCTION,
    ],
  }],
};

/** The APIs of each security domain, as their endpoints tell them apart. */
const DOMAINS: readonly (readonly [domain: string, apis: readonly Condition[]])[] = [
  ['public', [REGIONAL, { path: 'SecurityPolicy', matches: '^SecurityPolicy_TLS13_' }]],
  ['partner', [REGIONAL, { path: 'SecurityPolicy', equals: 'TLS_1_2' }]],
  ['internal', [PRIVATE]],
];

const authorizerChecks = DOMAINS.map(([domain, apis]): Check => ({
  id: `${domain}-authorizer`,
  shows: `The stages of ${domain} APIs name the authorizer of the ${domain} domain of their environment.`,
  types: [STAGE],
  where: [{ path: 'RestApiId', refersTo: [...apis, SERVES_OPERATIONS] }],
  that: [{ path: ['Variables', AUTHORIZER_STAGE_VARIABLE], refersTo: [FUNCTION, { path: '$configuration.securityDomain', equals: domain }] }],
  quantifier: 'every',
  declaredBy: domainDeclared(domain),
}));

/** Who may call the operations of an API, what of a request is checked, and what they reach. */
export const OPERATION_CHECKS: readonly Check[] = [
  {
    id: 'internal-api-policy',
    shows: 'Every internal API denies everybody every call but through a VPC endpoint of its environment.',
    types: [REST_API], where: [PRIVATE], that: [ONLY_THROUGH_ENDPOINT], quantifier: 'every', declaredBy: domainDeclared('internal'),
  },
  {
    id: 'operations-authorized',
    shows: 'Every operation on the internet passes a request authorizer, a function of its account that the stage names; there is no anonymous operation.',
    types: [REST_API], where: [REGIONAL, SERVES_OPERATIONS], that: [AUTHORIZED], quantifier: 'every', declaredBy: domainDeclared('public', 'partner'),
  },
  {
    id: 'internal-operations-authorized',
    shows: 'Every internal operation passes a request authorizer, a function of its account that the stage names; being inside the network is no credential.',
    types: [REST_API], where: [PRIVATE, SERVES_OPERATIONS], that: [AUTHORIZED], quantifier: 'every', declaredBy: domainDeclared('internal'),
  },
  ...authorizerChecks,
  {
    id: 'no-other-doors',
    shows: 'Callers are answered by the described APIs only: there is no method beside a description, no HTTP or GraphQL API, and no function with an address of its own.',
    types: ['AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Api', 'AWS::AppSync::GraphQLApi', 'AWS::Lambda::Url'], that: [], quantifier: 'none',
  },
  {
    id: 'published-keys-only',
    shows: 'What is served without an authorizer is the public keys, in the root API, by a function of the environment that is told of the published keys alone.',
    types: [STAGE], where: [{ path: ['Variables', PUBLISHED_KEYS_STAGE_VARIABLE], exists: true }],
    that: [
      { path: ['Variables', API_STAGE_VARIABLE], equals: ROOT_API },
      { path: ['Variables', PUBLISHED_KEYS_STAGE_VARIABLE], refersTo: [FUNCTION, { path: 'Environment.Variables', anyOf: [[{ path: '', only: [SIGNING_KEY_ENVIRONMENT.publishedKeysSecret] }], [{ path: '', only: [SIGNING_KEY_ENVIRONMENT.publishedKeyArns] }]] }] },
    ],
    quantifier: 'every',
  },
  {
    id: 'operations-validated',
    shows: 'Every operation has a request validator that its API declares.',
    types: [REST_API], where: [SERVES_OPERATIONS], that: [{ path: '$operations', everyItem: [{ path: '$validator', exists: true }] }], quantifier: 'every',
  },
  {
    id: 'validators-check-body-and-parameters',
    shows: 'The request validator of every operation checks bodies against their models, and that required parameters are there.',
    types: [REST_API], where: [SERVES_OPERATIONS],
    that: [{ path: '$operations', everyItem: [{ path: '$validator.validateRequestBody', equals: true }, { path: '$validator.validateRequestParameters', equals: true }] }],
    quantifier: 'every',
  },
  {
    id: 'parameters-checked',
    shows: 'The authorizer of every stage checks the parameters of every operation by the rules that the API has for them: types, patterns, lengths, ranges, enumerations and lists, and that nothing undeclared is in the query.',
    types: [STAGE], where: [{ path: 'RestApiId', refersTo: [SERVES_OPERATIONS] }], that: [{ path: 'Variables', parametersEnforced: true }], quantifier: 'every',
  },
  {
    id: 'backends-https',
    shows: 'Every integration reaches its backend over HTTPS, or a function of its account through the Lambda API.',
    types: [REST_API], where: [SERVES_OPERATIONS], that: [{ path: '$operations', everyItem: [{ path: '', anyOf: [[{ path: [INTEGRATION, 'uri'], matches: '^https://' }], OWN_FUNCTION] }] }], quantifier: 'every',
  },
  {
    id: 'backends-get-trust-token',
    shows: 'Every backend gets the trust token of the authorizer: in the request context of a function, or in a header in place of whatever the caller sent.',
    types: [REST_API], where: [SERVES_OPERATIONS],
    that: [{
      path: '$operations', everyItem: [{
        path: INTEGRATION, anyOf: [[{ path: 'type', equals: 'aws_proxy' }], [{ path: ['requestParameters', `integration.request.header.${TRUST_TOKEN_HEADER}`], equals: 'context.authorizer.trustToken' }]],
      }],
    }],
    quantifier: 'every',
  },
  {
    id: 'decisions-not-cached',
    shows: 'No authorization decision is cached: every request is decided anew.',
    types: [REST_API], where: [SERVES_OPERATIONS],
    that: [{ path: '$operations', everyItem: [{ path: '$authorizers', everyItem: [{ path: [AUTHORIZER, 'authorizerResultTtlInSeconds'], equals: 0 }] }] }],
    quantifier: 'every',
  },
];
