import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccessPolicies, ApiGroup, ApiService, Backend, Classification, Exposure, HttpMethod, Operation, PolicyDecisionPoint, Scopes } from '../../../lib';
import { cedar } from '../../../lib/declaration/cedar/engine';
import { policyStoreContent } from '../../../lib/declaration/cedar/policy-store';
import { DOMAIN, group } from '../../lambda/fixtures/access-policies';
import { authorizer } from '../../fixtures/authorizer';
import { production, testEnvironment } from '../../fixtures/declaration';
import { actionsOf, statementsOf } from '../../fixtures/iam-policy';

const policyDecisionPoint = PolicyDecisionPoint.VERIFIED_PERMISSIONS;
const STORE = 'AWS::VerifiedPermissions::PolicyStore';
const POLICY = 'AWS::VerifiedPermissions::Policy';
const READ = '@id("read") @obligation("mask") permit(principal, action in Action::"GET", resource);';
const CLOSE = '@id("close") forbid(principal in SecurityDomain::"public", action == Action::"closeAccount", resource is ApiService in ApiGroup::"accounts") unless { principal is Client in Consumer::"web-app" };';

function stamped(policies: string, environment = testEnvironment({ policyDecisionPoint })) {
  return authorizer({ environment, domain: DOMAIN, groups: [group(policies)] });
}

function only(template: Template, type: string): [id: string, resource: { Properties: Record<string, never>; DependsOn?: string[] }] {
  const [found, ...others] = Object.entries(template.findResources(type)) as ReturnType<typeof only>[];
  expect(others).toEqual([]);
  return found!;
}

function service(name: string, operations: Operation[], accessPolicies?: AccessPolicies): ApiService {
  return new ApiService(name, { owner: 'Bank', classification: Classification.OFFICIAL, approvedExposure: [Exposure.PUBLIC], backend: Backend.https('https://bank.{domainName}'), scopes: Scopes.allOf('read'), operations, accessPolicies });
}

test('stamps no policy store where the authorizer decides, which is the default', () => {
  const { template, folder } = stamped(READ, testEnvironment());
  template.resourceCountIs(STORE, 0);
  expect(readdirSync(folder).sort()).toEqual(['cedar.js', 'cedar_wasm_bg.wasm', 'configuration.json', 'decisions.js', 'index.js', 'parameters.js']);
  expect(statementsOf(template).flatMap(actionsOf).filter((action) => action.startsWith('verifiedpermissions'))).toEqual([]);
});

test('stamps none for a domain without access policies', () => {
  const { template, folder } = authorizer({ environment: testEnvironment({ policyDecisionPoint }) });
  template.resourceCountIs(STORE, 0);
  expect(readFileSync(join(folder, 'configuration.json'), 'utf8')).not.toContain('policyDecisionPoint');
});

test('leaves Cedar and the policies out of the authorizer, and keeps ids and obligations', () => {
  const { folder } = stamped(READ + CLOSE);
  expect(readdirSync(folder).sort()).toEqual(['configuration.json', 'index.js', 'parameters.js']);
  expect(JSON.parse(readFileSync(join(folder, 'configuration.json'), 'utf8'))).toMatchObject({ policyDecisionPoint: 'verified-permissions', accessPolicies: { accounts: { read: { obligations: ['mask'] }, close: {} } } });
});

test('validates strictly by a schema with a namespace', () => {
  const [, { Properties }] = only(stamped(READ).template, STORE);
  expect(Properties).toMatchObject({ ValidationSettings: { Mode: 'STRICT' }, DeletionProtection: { Mode: 'DISABLED' }, Description: 'Access policies of accounts in the public domain of Test' });
  expect(Object.keys(JSON.parse((Properties as unknown as { Schema: { CedarJson: string } }).Schema.CedarJson) as object)).toEqual(['ApiSecurity']);
});

test('protects the stores of production from deletion', () => {
  const { template } = stamped(READ, production({ policyDecisionPoint }));
  template.hasResourceProperties(STORE, { DeletionProtection: { Mode: 'ENABLED' } });
});

test('puts the namespace at every name of a policy, and changes nothing else', () => {
  const { template } = stamped(CLOSE);
  const [, { Properties }] = only(template, POLICY);
  const { Definition: { Static: { Statement, Description } } } = Properties as unknown as { Definition: { Static: { Statement: string; Description: string } } };
  expect(Description).toBe('accounts/close');
  const json = (text: string) => {
    const parsed = cedar().policyToJson(text);
    return parsed.type === 'success' ? JSON.stringify(parsed.json) : '';
  };
  expect(json(Statement.replaceAll('ApiSecurity::', ''))).toBe(json(CLOSE));
  expect(Statement.match(/ApiSecurity::\w+/g)).toEqual(['ApiSecurity::SecurityDomain', 'ApiSecurity::Action', 'ApiSecurity::ApiService', 'ApiSecurity::ApiGroup', 'ApiSecurity::Client', 'ApiSecurity::Consumer']);
});

test('takes no annotation and no record of a policy for an entity', () => {
  const tricky = '@id("close") @type("Client") permit(principal, action, resource) when { {"type": "Client", "id": "x"}.id == "x" && context.subject like "Client::*" };';
  const { policies: [stored] } = policyStoreContent(group(tricky), group(tricky).services[0]!);
  expect(stored?.statement).toContain('@type("Client")');
  expect(stored?.statement).not.toContain('ApiSecurity');
});

test('lets the authorizer ask its stores and list them, and nothing else', () => {
  const { template } = stamped(READ);
  const [store] = only(template, STORE);
  const statements = statementsOf(template).filter((statement) => actionsOf(statement).some((action) => action.startsWith('verifiedpermissions:')));
  expect(statements).toEqual([{ Effect: 'Allow', Action: ['verifiedpermissions:IsAuthorized', 'verifiedpermissions:ListPolicies'], Resource: { 'Fn::GetAtt': [store, 'Arn'] } }]);
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { POLICY_STORES: { 'Fn::Join': ['', ['{"accounts":"', { 'Fn::GetAtt': [store, 'PolicyStoreId'] }, '"}']] } } } });
});

test('adds policies before the authorizer that knows them', () => {
  const { template } = stamped(READ);
  const [handler] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Environment: { Variables: { POLICY_STORES: Match.anyValue() } } } })) as { DependsOn: string[] }[];
  expect(handler?.DependsOn).toContain(only(template, POLICY)[0]);
});

test('replaces a permit whose obligations change, and says them in its description, so that no authorizer lets through by it without them', () => {
  const other = READ.replace('mask', 'redact');
  const descriptionOf = (policies: string) => (only(stamped(policies).template, POLICY)[1].Properties as unknown as { Definition: { Static: { Description: string } } }).Definition.Static.Description;
  expect(only(stamped(other).template, POLICY)[0]).not.toBe(only(stamped(READ).template, POLICY)[0]);
  expect([READ, other, READ.replace('@obligation("mask") ', '')].map(descriptionOf)).toEqual(['accounts/read mask', 'accounts/read redact', 'accounts/read']);
});

test('adds what forbids before what permits changes, and replaces what forbids when it changes at all', () => {
  const policies = (text: string) => Object.entries(stamped(text).template.findResources(POLICY)) as [string, { DependsOn?: string[]; Properties: { Definition: { Static: { Statement: string } } } }][];
  const forbids = (text: string): string[] => policies(text).filter(([, { Properties }]) => /^forbid/m.test(Properties.Definition.Static.Statement)).map(([id]) => id);
  const both = READ + CLOSE;
  const [permit] = policies(both).filter(([id]) => !forbids(both).includes(id));
  expect(permit![1].DependsOn).toEqual(forbids(both));
  expect(forbids(both)).toHaveLength(1);
  expect(forbids(both.replace('Consumer::"web-app"', 'Consumer::"mobile-app"'))).not.toEqual(forbids(both));
});

test('replaces a policy whose effect, principal or resource changes, and updates it in place otherwise', () => {
  const idOf = (policies: string) => only(stamped(policies).template, POLICY)[0];
  expect(idOf(`${READ.slice(0, -1)} when { context.subject == "a" };`)).toBe(idOf(READ));
  expect(idOf(READ.replace('action in Action::"GET"', 'action'))).toBe(idOf(READ));
  expect(idOf(READ.replace('principal', 'principal == Client::"web-app"'))).not.toBe(idOf(READ));
  expect(idOf(READ.replace('resource', 'resource == ApiService::"accounts"'))).not.toBe(idOf(READ));
  expect(idOf(READ.replace('@obligation("mask") permit', 'forbid'))).not.toBe(idOf(READ));
});

describe('of a group with several services', () => {
  const get = (id: string, path: string) => new Operation({ method: HttpMethod.GET, path, id });
  const own = AccessPolicies.fromText('@id("own") permit(principal, action, resource) when { context.path.cardId == "1" };');
  const cards = service('cards', [get('getCard', '/cards/{cardId}')], own);
  const loans = service('loans', [get('getLoan', '/loans/{loanId}'), get('listLoans', '/loans')]);
  const shared = new ApiGroup('lending', {
    services: [cards, loans],
    accessPolicies: AccessPolicies.fromText(`
      @id("both") permit(principal, action in [Action::"getCard", Action::"getLoan"], resource);
      @id("loans-only") permit(principal, action == Action::"getLoan", resource);
      @id("loans-by-path") permit(principal, action, resource) when { context.path has loanId && context.path.loanId == "1" };`),
  });

  test('gives each a store of its own, with the policies that can decide over it', () => {
    const { template } = authorizer({ environment: testEnvironment({ policyDecisionPoint }), domain: DOMAIN, groups: [shared] });
    template.resourceCountIs(STORE, 2);
    const descriptions = Object.values(template.findResources(POLICY)).map(({ Properties }) => (Properties as { Definition: { Static: { Description: string } } }).Definition.Static.Description);
    expect(descriptions.sort()).toEqual(['cards/both', 'cards/own', 'loans/both', 'loans/loans-by-path', 'loans/loans-only']);
  });

  test('holds policies that are valid by the schema of their store', () => {
    for (const one of shared.services) {
      const { schema, policies } = policyStoreContent(shared, one);
      expect(cedar().validate({ schema, policies: { staticPolicies: Object.fromEntries(policies.map(({ policy, statement }) => [policy.id, statement])) } })).toMatchObject({ type: 'success', validationErrors: [], validationWarnings: [] });
    }
  });
});
