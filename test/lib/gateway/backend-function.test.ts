import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Table, AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { Architecture, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ApiGroup, ApiService, BackendFunction, BackendFunctionProps, BodyLimit, IBackendEnvironment, Rate, ServicePlan, ThreatProtection } from '../../../lib';
import { apiService, get, post } from '../../fixtures/declaration';
import { actionsOf, statementsOf } from '../../fixtures/iam-policy';
import { refusalOf } from '../../fixtures/refusal';
import { TestStack } from '../../fixtures/test-stack';

const FUNCTION = 'AWS::Lambda::Function';

type Changes = Partial<BackendFunctionProps> & { readonly servesKeysInside?: boolean; readonly groups?: ApiGroup[] };

/** A backend in a stack of its own, beside the network that another stack owns. */
function backend({ servesKeysInside = true, groups, ...props }: Changes = {}, use: (backend: BackendFunction, stack: Stack) => void = () => undefined): Template {
  const base = new TestStack();
  const environment: IBackendEnvironment = { vpc: base.network().vpc, key: base.key, trustDomain: 'test.bank.example', trustIssuer: 'https://internal.test.bank.example', servesKeysInside, groups };
  const stack = new Stack(base.node.root, 'Own', { env: { account: base.account, region: base.region } });
  use(new BackendFunction(stack, 'Rates', { environment, functionName: 'bank-rates', code: Code.fromAsset(__dirname), group: 'reference-data', service: 'rates', ...props }), stack);
  return Template.fromStack(stack);
}

const plain = backend();

test('needs no more than what it is for', () => {
  plain.hasResourceProperties(FUNCTION, {
    FunctionName: 'bank-rates',
    Description: 'API service rates of the group reference-data',
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    MemorySize: 512,
    Timeout: 10,
    ReservedConcurrentExecutions: 50,
    TracingConfig: { Mode: 'Active' },
  });
  plain.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain', Properties: Match.objectLike({ RetentionInDays: 365, KmsKeyId: Match.anyValue() }) });
});

test('takes what is written instead of a default', () => {
  backend({
    description: 'Rates', runtime: Runtime.PYTHON_3_13, architecture: Architecture.X86_64, handler: 'rates.answer', memorySize: Size.gibibytes(1), timeout: Duration.seconds(20), reservedConcurrency: 5,
  }).hasResourceProperties(FUNCTION, {
    Description: 'Rates', Runtime: 'python3.13', Architectures: ['x86_64'], Handler: 'rates.answer', MemorySize: 1024, Timeout: 20, ReservedConcurrentExecutions: 5,
  });
});

test('tells the service whose trust tokens it accepts, and lets nobody tell it otherwise', () => {
  backend({ variables: { TABLE: 'rates', TRUST_SERVICE: 'payments' } }).hasResourceProperties(FUNCTION, {
    Environment: {
      Variables: { TABLE: 'rates', TRUST_DOMAIN: 'test.bank.example', TRUST_ISSUER: 'https://internal.test.bank.example', TRUST_GROUP: 'reference-data', TRUST_SERVICE: 'rates', BODY_LIMITS: '{}' },
    },
  });
});

test('tells the service how involved its bodies may be: what it declares itself, or its group', () => {
  const limitsOf = (service?: ThreatProtection): unknown => {
    const rates = apiService({ threatProtection: service, bodyLimit: BodyLimit.of(Size.kibibytes(4)) }, 'rates');
    const groups = [new ApiGroup('reference-data', { services: [rates], threatProtection: ThreatProtection.of({ depth: 5 }) })];
    const [{ Properties }] = Object.values(backend({ groups, variables: { BODY_LIMITS: '{"depth":99}' } }).findResources(FUNCTION)) as [{ Properties: { Environment: { Variables: { BODY_LIMITS: string } } } }];
    return JSON.parse(Properties.Environment.Variables.BODY_LIMITS);
  };
  expect(limitsOf()).toEqual({ depth: 5, bodyBytes: 4096 });
  expect(limitsOf(ThreatProtection.of({ attributes: 3 }))).toEqual({ attributes: 3, bodyBytes: 4096 });
});

test('uses up trust tokens in a table of its own where that is declared, and has no table elsewhere', () => {
  plain.resourceCountIs('AWS::DynamoDB::Table', 0);
  const template = backend({ oneTimeTrustTokens: true, variables: { REPLAY_TABLE_ARN: 'another' } });
  const [table] = Object.keys(template.findResources('AWS::DynamoDB::Table'));
  const arn = { 'Fn::GetAtt': [table, 'Arn'] };
  template.hasResourceProperties(FUNCTION, { Environment: { Variables: Match.objectLike({ REPLAY_TABLE_ARN: arn }) } });
  expect(statementsOf(template).filter((statement) => actionsOf(statement).some((action) => action.startsWith('dynamodb:')))).toEqual([{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arn }]);
});

test('runs in the private subnets of the network', () => {
  const [{ Properties }] = Object.values(plain.findResources(FUNCTION)) as [{ Properties: { VpcConfig: { SubnetIds: unknown[] } } }];
  expect(Properties.VpcConfig.SubnetIds).toHaveLength(2);
  expect(JSON.stringify(Properties.VpcConfig.SubnetIds)).toMatch(/ServiceSubnet1.*ServiceSubnet2/);
});

test('connects to nothing outside the network, and nothing connects to it', () => {
  expect(rules(plain)).toEqual([{ CidrIp: { 'Fn::ImportValue': expect.stringContaining('CidrBlock') }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'HTTPS to the endpoints of this network' }]);
  plain.resourcePropertiesCountIs('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() }, 1);
});

test('reaches the public keys where they are served outside the network', () => {
  expect(rules(backend({ servesKeysInside: false }))).toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })]);
});

test('connects to what is declared', () => {
  const connected = backend({}, ({ connections }) => connections.allowTo(Peer.ipv4('10.1.9.0/24'), Port.POSTGRES, 'the database'));
  expect(rules(connected)).toContainEqual({ CidrIp: '10.1.9.0/24', IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, Description: 'the database' });
});

test('holds its grants in a managed policy of their own, whichever way they were granted', () => {
  const granted = backend({}, (rates, stack) => {
    new Table(stack, 'Table', { partitionKey: { name: 'currency', type: AttributeType.STRING } }).grantReadData(rates);
    new Secret(stack, 'Granted').grantRead(rates);
    new Secret(stack, 'GrantedToTheFunction').grantRead(rates.function);
  });
  granted.resourceCountIs('AWS::IAM::Policy', 0);
  granted.allResourcesProperties('AWS::IAM::Role', { Policies: Match.absent(), ManagedPolicyArns: [{ Ref: Match.stringLikeRegexp('^RatesPolicy') }] });
  const { RatesPolicy: own, RatesGrants: grants } = policies(granted);
  expect(own).toEqual(policies(plain).RatesPolicy);
  expect(grants).toMatchObject({ Roles: [{ Ref: expect.stringMatching(/^RatesRole/) }] });
  expect([...JSON.stringify(grants).matchAll(/"(Table|Granted|GrantedToTheFunction)[0-9A-F]{8}"/g)].map(([, resource]) => resource)).toEqual(expect.arrayContaining(['Table', 'Granted', 'GrantedToTheFunction']));
});

test('has no second policy where nothing is granted', () => {
  expect(Object.keys(policies(plain))).toEqual(['RatesPolicy']);
});

test('names every resource but those that have no name: traces and network interfaces', () => {
  const statements = statementsOf(plain);
  expect(statements.flatMap(actionsOf).filter((action) => action.includes('*'))).toEqual([]);
  const unnamed = statements.filter(({ Resource }) => JSON.stringify(Resource).includes('*'));
  expect(unnamed.map(({ Condition }) => Condition)).toEqual(expect.arrayContaining([{ Null: { 'lambda:SourceFunctionArn': 'true' } }]));
  expect(new Set(unnamed.flatMap(actionsOf).map((action) => action.split(':')[0]))).toEqual(new Set(['ec2', 'xray']));
});

test('refuses a service that cannot be declared', () => {
  expect(refusalOf(() => backend({ service: 'Rates' }))).toMatch(/^NAME: .* got 'Rates'; /);
});

function rules(template: Template): unknown[] {
  return Object.values(template.findResources('AWS::EC2::SecurityGroup')).flatMap(({ Properties }) => (Properties as { SecurityGroupEgress: unknown[] }).SecurityGroupEgress);
}

/** Properties of the managed policies by their logical ids, without hashes. */
function policies(template: Template): Record<string, unknown> {
  return Object.fromEntries(Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).map(([id, { Properties }]) => [id.slice(0, -8), Properties as unknown]));
}

describe('validators of bodies', () => {
  const layer = 'AWS::Lambda::LayerVersion';
  const rates = apiService({ operations: [post('/rates', { id: 'setRate', content: [{ mediaType: 'application/json', schema: { type: 'object', properties: { on: { type: 'string', format: 'date' } } } }] })] }, 'rates');
  const of = (services: ApiService[], props: Changes = {}): Template => backend({ groups: [new ApiGroup('reference-data', { plan: ServicePlan.of({ rate: Rate.perSecond(1) }), services })], ...props });

  test('are in a layer beside the code, which the function is told', () => {
    const template = of([rates], { variables: { BODY_VALIDATORS: '/tmp/of-somebody-else.js' } });
    template.hasResourceProperties(layer, { Description: 'Validators of the JSON bodies of the API service rates, generated from its declaration', Content: { S3Key: Match.stringLikeRegexp('^[0-9a-f]{64}\\.zip$') } });
    const [id] = Object.keys(template.findResources(layer));
    template.hasResourceProperties(FUNCTION, { Layers: [{ Ref: id }], Environment: { Variables: Match.objectLike({ BODY_VALIDATORS: '/opt/body-validators.js' }) } });
  });

  test.each([['takes no JSON body', [apiService({ operations: [get('/rates')] }, 'rates')], {}], ['is another one', [apiService({}, 'fees')], {}], ['does not run on Node.js', [rates], { runtime: Runtime.PYTHON_3_13 }]])('are not there where the service %s', (_, services, props) => {
    const template = of(services, props);
    template.resourceCountIs(layer, 0);
    template.hasResourceProperties(FUNCTION, { Layers: Match.absent(), Environment: { Variables: Match.objectLike({ BODY_VALIDATORS: Match.absent() }) } });
  });
});
