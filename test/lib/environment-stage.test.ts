import { Stack } from 'aws-cdk-lib';
import { Backend, Exposure } from '../../lib';
import { apiGroup, apiService, everyDomain, get, internalDomain, production, publicDomain, testEnvironment } from '../fixtures/declaration';
import { StampedEnvironment } from '../fixtures/environment-stage';

const stamp = new StampedEnvironment();
const prod = new StampedEnvironment({ environment: production() });
const ids = ({ stacks }: StampedEnvironment): string[] => stacks.map(({ node }) => node.id);
const textOf = (stamped: StampedEnvironment): string => ids(stamped).map((id) => JSON.stringify(stamped.template(id).toJSON())).join('\n');

test('stamps a foundation, a stack per domain, and a stack per service and domain', () => {
  expect(ids(stamp)).toEqual(['Foundation', 'Network', 'Trust', 'Public', 'Partner', 'Internal', 'PublicAccounts', 'PartnerAccounts', 'InternalAccounts', 'Alarms']);
});

test('stamps no domain in which nothing is exposed', () => {
  const internalOnly = new StampedEnvironment({ groups: [apiGroup(apiService({ exposure: [Exposure.INTERNAL] }))] });
  expect(ids(internalOnly)).toEqual(['Foundation', 'Network', 'Trust', 'Internal', 'InternalAccounts', 'Alarms']);
});

test('shares nothing between environments: no account, name, issuer or asset of another', () => {
  expect(textOf(prod)).not.toMatch(/222222222222|test\.bank\.example/);
  expect(textOf(stamp)).not.toMatch(/333333333333|"bank\.example|\/\/bank\.example|[^t]\.bank\.example/);
});

test('gives every environment secrets and keys of its own', () => {
  for (const stamped of [stamp, prod]) {
    stamped.template('Trust').resourceCountIs('AWS::SecretsManager::Secret', 2);
    stamped.template('Foundation').resourceCountIs('AWS::KMS::Key', 1);
  }
});

// A tag of the session would count as a duty of the role.
test('lets nobody but a service assume its roles, and nobody tag their sessions', () => {
  const trusted = (stamped: StampedEnvironment) => ids(stamped).flatMap((id) => stamped.resources(id, 'AWS::IAM::Role')).flatMap(({ AssumeRolePolicyDocument }) => (AssumeRolePolicyDocument as { Statement: { Action: string; Principal: object }[] }).Statement);
  const statements = [...trusted(stamp), ...trusted(prod)];
  expect(statements.length).toBeGreaterThan(10);
  for (const { Action, Principal } of statements) expect([Action, Object.keys(Principal)]).toEqual(['sts:AssumeRole', ['Service']]);
});

test('protects production from termination, and only production', () => {
  expect(prod.stacks.every((stack) => stack.terminationProtection === true)).toBe(true);
  expect(stamp.stacks.some((stack) => stack.terminationProtection === true)).toBe(false);
});

test('keeps a way out per zone in production', () => {
  prod.template('Network').resourceCountIs('AWS::EC2::NatGateway', 2);
  stamp.template('Network').resourceCountIs('AWS::EC2::NatGateway', 1);
});

test('tags every resource with its environment, and those of a service with what a reviewer asks', () => {
  const tags = (id: string, type: string): object => Object.fromEntries((stamp.resources(id, type)[0]!.Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
  expect(tags('Foundation', 'AWS::KMS::Key')).toEqual({ Environment: 'Test' });
  expect(tags('PublicAccounts', 'AWS::ApiGateway::RestApi')).toEqual({
    Environment: 'Test', ApiGroup: 'accounts', ApiService: 'accounts', ApprovedExposure: 'public partner internal', Classification: 'OFFICIAL', DataSensitivity: 'none', Owner: 'Accounts',
  });
});

test('deploys backends before the REST APIs that call functions, and before nothing else', () => {
  const stamped = new StampedEnvironment({ groups: [apiGroup(apiService(), apiService({ backend: Backend.lambda('cards') }, 'cards'))] }, (stage) => stage.deployFirst(new Stack(stage, 'Backends')));
  const dependents = stamped.stacks.filter(({ dependencies }) => dependencies.some(({ node }) => node.id === 'Backends')).map(({ node }) => node.id);
  expect(dependents).toEqual(['PublicCards', 'PartnerCards', 'InternalCards']);
});

test('deploys the foundation first, and a domain before its services', () => {
  const before = (id: string): string[] => stamp.stack(id).dependencies.map(({ node }) => node.id);
  expect(before('Network')).toContain('Foundation');
  expect(before('Trust')).toEqual(expect.arrayContaining(['Foundation', 'Network']));
  expect(before('Public')).toEqual(expect.arrayContaining(['Foundation', 'Network', 'Trust']));
  expect(before('PublicAccounts')).toContain('Public');
  expect(before('PublicAccounts').filter((id) => ['Partner', 'Internal'].includes(id))).toEqual([]);
});

test('serves a large service from several REST APIs of one stack, within its resource limit', () => {
  const operations = Array.from({ length: 400 }, (_, index) => get(`/s${index % 40}/r${index}`));
  const stamped = new StampedEnvironment({ securityDomains: [publicDomain()], groups: [apiGroup(apiService({ operations, exposure: [Exposure.PUBLIC] }))] });
  const template = stamped.template('PublicAccounts');
  template.resourceCountIs('AWS::ApiGateway::RestApi', 40);
  expect(Object.keys(template.toJSON().Resources as object).length).toBeLessThan(500);
  template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'accounts/s7', DomainName: 'api.test.bank.example' });
});

test('issues trust tokens under the name that serves their keys: internal before public', () => {
  const issuer = (exposure: Exposure[], securityDomains = everyDomain()): string => new StampedEnvironment({ securityDomains, groups: [apiGroup(apiService({ exposure }))] }).stage.trustIssuer;
  expect(issuer([Exposure.PUBLIC, Exposure.PARTNER, Exposure.INTERNAL])).toBe('https://internal.test.bank.example');
  expect(issuer([Exposure.PARTNER, Exposure.PUBLIC])).toBe('https://api.test.bank.example');
  expect(issuer([Exposure.PARTNER])).toBe('https://partner.test.bank.example');
});

test.each([['us-gov-west-1', 'aws-us-gov'], ['cn-north-1', 'aws-cn'], ['ap-southeast-2', 'aws']])('names resources of %s in the partition %s', (region, partition) => {
  const groups = [apiGroup(apiService({ backend: Backend.lambda('accounts') }))];
  const stamped = new StampedEnvironment({ environment: testEnvironment({ region }), securityDomains: [internalDomain(), ...everyDomain().slice(0, 2)], groups });
  const [api] = stamped.resources('PublicAccounts', 'AWS::ApiGateway::RestApi') as [{ BodyS3Location: { Key: string } }];
  const arns = stamped.asset(api.BodyS3Location.Key).match(/arn:aws[a-z-]*:[a-z]+:[a-z0-9-]+/g)!;
  expect(new Set(arns)).toEqual(new Set([`arn:${partition}:apigateway:${region}`, `arn:${partition}:lambda:${region}`]));
});
