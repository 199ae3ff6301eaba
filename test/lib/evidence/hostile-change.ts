import { servesOperations, type Loose, type TamperedAssembly } from './tampered-assembly';

/** Something that an attacker changes after synthesis: checks that must fail, and rows that must fall with them. */
export interface HostileChange {
  readonly title: string;
  readonly tamper: (assembly: TamperedAssembly) => void;
  readonly checks: readonly string[];
  /** `ISM-1546 API Gateway`. */
  readonly rows: readonly string[];
}

const REST_API = 'AWS::ApiGateway::RestApi';
const STAGE = 'AWS::ApiGateway::Stage';
const TRUST = 'x-amazon-apigateway-authorizer';
const VALIDATOR = 'x-amazon-apigateway-request-validator';
const INTEGRATION = 'x-amazon-apigateway-integration';
const FOREIGN = '999999999999';

const isPrivate = (properties: Loose) => properties.Policy !== undefined;
const isRegional = (body: Loose) => servesOperations(body) && !/internal/i.test(String(body.info?.title ?? ''));
const isLabelled = ({ Tags = [] }: Loose) => Tags.some(({ Key }: Loose) => Key === 'Classification') as boolean;
const denial = ({ Policy }: Loose): Loose => Policy.Statement.find(({ Effect }: Loose) => Effect === 'Deny') as Loose;
const scheme = (body: Loose): Loose => Object.values(body.components.securitySchemes)[0] as Loose;
const reaches = (name: string) => ({ Variables }: Loose) => Variables?.[name] !== undefined;

const isRateTable = ({ TimeToLiveSpecification }: Loose) => TimeToLiveSpecification?.AttributeName === 'expires';
const counting = ({ Statement }: Loose): Loose => Statement.find(({ Action }: Loose) => Action === 'dynamodb:UpdateItem') as Loose;
const exceeded = (body: Loose): Loose => body['x-amazon-apigateway-gateway-responses'].INVALID_API_KEY as Loose;
const isCounted = (body: Loose) => servesOperations(body) && exceeded(body)?.statusCode === 429;

/** Changes that the same checks must notice, by their titles. */
export function several(checks: readonly string[], rows: readonly string[], changes: Readonly<Record<string, HostileChange['tamper']>>): HostileChange[] {
  return Object.entries(changes).map(([title, tamper]) => ({ title, tamper, checks, rows }));
}

const inverted = (properties: Loose) => {
  const { Condition } = denial(properties);
  Condition.StringEquals = Condition.StringNotEquals;
  delete Condition.StringNotEquals;
};

const policies = [
  ...several(['internal-api-policy'], ['ISM-0628 API Gateway', 'ISM-1182 API Service', 'ISM-2014 API Gateway'], {
    'a private API whose policy is inverted': (assembly) => assembly.resource(REST_API, inverted, isPrivate),
    'a private API that denies a single caller': (assembly) => assembly.resource(REST_API, (properties) => (denial(properties).Principal = { AWS: `arn:aws:iam::${FOREIGN}:root` }), isPrivate),
    'a private API that denies under a second condition': (assembly) => assembly.resource(REST_API, (properties) => (denial(properties).Condition.Bool = { 'aws:SecureTransport': 'false' }), isPrivate),
    'a private API that admits a VPC endpoint of somebody else': (assembly) => assembly.resource(REST_API, (properties) => (denial(properties).Condition.StringNotEquals['aws:SourceVpce'] = 'vpce-0123456789abcdef0'), isPrivate),
    'a private API that admits one more VPC endpoint': (assembly) => assembly.resource(REST_API, (properties) => {
      const { StringNotEquals } = denial(properties).Condition;
      StringNotEquals['aws:SourceVpce'] = [StringNotEquals['aws:SourceVpce'], 'vpce-0123456789abcdef0'];
    }, isPrivate),
  }),
  ...several(['internal-domain-policy'], ['ISM-0469 API Gateway', 'ISM-1139 API Gateway', 'ISM-1182 API Gateway'], {
    'a private domain name whose policy is inverted': (assembly) => assembly.resource('AWS::ApiGateway::DomainNameV2', inverted),
  }),
];

const AUTHORIZED_ROWS = ['ISM-1546 API Service', 'ISM-1546 API Gateway'];
const INTERNET_ROWS = [...AUTHORIZED_ROWS, 'ISM-1817 API Service', 'ISM-1818 API Gateway', 'ISM-1851 API Service'];

const authorizers = [
  ...several(['operations-authorized'], INTERNET_ROWS, {
    'an operation of a scheme that is not declared': (assembly) => assembly.body(withSecurity([{ api_key: [] }]), isRegional),
    'an operation that a usage plan alone guards': (assembly) => assembly.body(withSecurity([{ api_key: [] }, { api_key: [] }]), isRegional),
    'an operation that may be called without an authorizer': (assembly) => assembly.body((body) => withSecurity([...secured(body).security, {}])(body), isRegional),
    'an operation without security': (assembly) => assembly.body(withSecurity([]), isRegional),
    'an authorizer of another account': (assembly) => assembly.body((body) => (scheme(body)[TRUST].authorizerUri = scheme(body)[TRUST].authorizerUri.replace(/:\d{12}:/, `:${FOREIGN}:`)), isRegional),
    'an authorizer that the stage does not choose': (assembly) => assembly.body((body) => (scheme(body)[TRUST].authorizerUri = scheme(body)[TRUST].authorizerUri.replace(/\$\{.*?\}/, 'another')), isRegional),
    'an authorizer that sees the token alone': (assembly) => assembly.body((body) => (scheme(body)[TRUST].type = 'token'), isRegional),
    'an authorizer that is an API key': (assembly) => assembly.body((body) => delete scheme(body)['x-amazon-apigateway-authtype'], isRegional),
    'an operation where the public keys are in the root API': (assembly) => assembly.body((body) => (body.paths['/.well-known/jwks.json'] = { get: { [INTEGRATION]: { type: 'aws_proxy', uri: 'arn:aws:apigateway' } } }), isRegional),
    'an API whose description is not in the assembly': (assembly) => assembly.resource(REST_API, (properties) => (properties.BodyS3Location.Key = `${'0'.repeat(64)}.json`), ({ EndpointConfiguration }) => EndpointConfiguration.Types[0] === 'REGIONAL'),
  }),
  ...several(['decisions-not-cached'], AUTHORIZED_ROWS, {
    'a decision that is kept': (assembly) => assembly.body((body) => (scheme(body)[TRUST].authorizerResultTtlInSeconds = 300)),
  }),
  ...several(['internal-operations-authorized'], AUTHORIZED_ROWS, {
    'the public keys for every method': (assembly) => assembly.body(({ paths }) => {
      const item = paths['/.well-known/jwks.json'] as Loose;
      item.post = item.get;
    }, servesKeys),
    'another function in place of the public keys': (assembly) => assembly.body(({ paths }) => {
      const integration = paths['/.well-known/jwks.json'].get[INTEGRATION] as Loose;
      integration.uri = integration.uri.replace(/\$\{.*?\}/, 'accounts');
    }, servesKeys),
    'one more open path beside the public keys': (assembly) => assembly.body(({ paths }) => (paths['/admin'] = paths['/.well-known/jwks.json']), servesKeys),
    'the public keys in an API that is not the root': (assembly) => assembly.resource(STAGE, ({ Variables }) => (Variables.api = 'accounts'), reaches('publishedKeysFunction')),
  }),
  ...several(['published-keys-only'], AUTHORIZED_ROWS, {
    'a stage that serves something else as public keys': (assembly) => assembly.resource(STAGE, ({ Variables }) => (Variables.publishedKeysFunction = 'accounts'), reaches('publishedKeysFunction')),
  }),
];

const throttling = several(['consumers-throttled'], ['ISM-1431 API Gateway', 'ISM-1851 API Service'], {
  'a usage plan whose key the caller chooses': (assembly) => assembly.body((body) => (body['x-amazon-apigateway-api-key-source'] = 'HEADER'), isRegional),
  'an API that reads the key from a header of the caller': (assembly) => assembly.resource(REST_API, (properties) => (properties.ApiKeySourceType = 'HEADER'), isLabelled),
  'an API that leaves the source of the key to its description': (assembly) => assembly.resource(REST_API, (properties) => delete properties.ApiKeySourceType, isLabelled),
  'an operation that no usage plan counts': (assembly) => assembly.body((body) => withSecurity(secured(body).security.slice(0, 1))(body), isRegional),
  'a usage plan without a rate': (assembly) => assembly.resource('AWS::ApiGateway::UsagePlan', (properties) => delete properties.Throttle),
  'a usage plan that is attached to no stage': (assembly) => assembly.resource('AWS::ApiGateway::UsagePlan', (properties) => (properties.ApiStages = [])),
});

const exact = [
  ...several(['rate-limits-counted'], ['ISM-1431 API Gateway', 'ISM-1851 API Service'], {
    'an authorizer that is not told where to count': (assembly) => assembly.resource('AWS::Lambda::Function', ({ Environment }) => delete Environment.Variables.RATE_TABLE_ARN, ({ Environment }) => Environment?.Variables?.RATE_TABLE_ARN !== undefined),
    'counts that stay in the clear': (assembly) => assembly.resource('AWS::DynamoDB::Table', (properties) => delete properties.SSESpecification, isRateTable),
    'a table that nobody may count in': (assembly) => assembly.resource('AWS::IAM::ManagedPolicy', ({ PolicyDocument }) => (counting(PolicyDocument).Effect = 'Deny'), ({ PolicyDocument }) => counting(PolicyDocument) !== undefined),
    'a table whose counts stay': (assembly) => assembly.resource('AWS::DynamoDB::Table', (properties) => (properties.TimeToLiveSpecification.AttributeName = 'never'), isRateTable),
  }),
  ...several(['rate-limits-told'], ['ISM-1431 API Gateway', 'ISM-1851 API Service'], {
    'a refusal that does not say when to come back': (assembly) => assembly.body((body) => delete exceeded(body).responseParameters['gatewayresponse.header.Retry-After'], isCounted),
    'a refusal that tells a limit of its own': (assembly) => assembly.body((body) => (exceeded(body).responseParameters['gatewayresponse.header.X-Rate-Limit-Limit'] = "'1000000'"), isCounted),
  }),
];

const doors = several(['no-other-doors'], [...INTERNET_ROWS, 'ISM-1182 API Service', 'ISM-1862 API Gateway'], {
  'a method beside the description': (assembly) => assembly.add('AWS::ApiGateway::Method', { HttpMethod: 'GET', AuthorizationType: 'NONE' }),
  'a function with an address of its own': (assembly) => assembly.add('AWS::Lambda::Url', { AuthType: 'NONE' }),
});

/** A stage that names another function instead of its authorizer, in whichever domain comes first. */
const anotherAuthorizer: HostileChange = {
  title: 'a stage that names another authorizer', checks: [], rows: AUTHORIZED_ROWS,
  tamper: (assembly) => assembly.resource(STAGE, ({ Variables }) => (Variables.authorizerFunction = 'another'), reaches('authorizerFunction')),
};

const validators = several(['validators-check-body-and-parameters'], ['ISM-1240 API Service', 'ISM-2016 API Service', 'ISM-2057 API Service', 'ISM-2058 API Service'], {
  'a validator that is not declared': (assembly) => assembly.operation((operation) => (operation[VALIDATOR] = 'nothing')),
  'a validator that checks no bodies': (assembly) => assembly.body((body) => ((Object.values(body[`${VALIDATOR}s`])[0] as Loose).validateRequestBody = false)),
  'a validator that checks no parameters': (assembly) => assembly.body((body) => ((Object.values(body[`${VALIDATOR}s`])[0] as Loose).validateRequestParameters = false)),
});

const operation = ({ operations }: Loose): Loose => Object.values(operations as Loose)[0] as Loose;

const parameters = several(['parameters-checked'], ['ISM-1240 API Service', 'ISM-2016 API Service', 'ISM-2057 API Service', 'ISM-2058 API Service'], {
  'an authorizer without the rules for the parameters of an operation': (assembly) => assembly.configuration('public', (configuration) => delete operation(configuration).parameters),
  'an authorizer that lets undeclared parameters through': (assembly) => assembly.configuration('public', (configuration) => (operation(configuration).parameters.anyQuery = true)),
  'an operation that does not say which rules it has': (assembly) => assembly.operation((described) => delete described['x-cdk-api-security-parameter-rules']),
});

/** Every change to the gateway that must not pass for evidence. */
export const GATEWAY_CHANGES: readonly HostileChange[] = [...policies, ...authorizers, ...throttling, ...exact, ...doors, anotherAuthorizer, ...validators, ...parameters];

function secured(body: Loose): Loose {
  return Object.values(body.paths as Record<string, Loose>).flatMap((item) => Object.values(item) as Loose[]).find(({ security }) => security !== undefined) as Loose;
}

function withSecurity(security: readonly unknown[]): (body: Loose) => void {
  return (body) => {
    secured(body).security = security;
  };
}

function servesKeys({ paths }: Loose): boolean {
  return paths['/.well-known/jwks.json'] !== undefined;
}
