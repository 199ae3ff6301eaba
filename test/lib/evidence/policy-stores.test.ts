import { rmSync } from 'node:fs';
import { readAssembly } from '../../../lib/evidence/assembly';
import { evaluateAll, traceRows } from '../../../lib/evidence/trace';
import { assemblyWithPolicyStores } from '../../fixtures/policy-stores';
import { TamperedAssembly, type Loose } from './tampered-assembly';

const CHECK = 'authorizer-access-policies';
const STORE = 'AWS::VerifiedPermissions::PolicyStore';
const POLICY = 'AWS::VerifiedPermissions::Policy';
const FUNCTION = 'AWS::Lambda::Function';
const directory = assemblyWithPolicyStores('@id("read") permit(principal, action, resource); @id("close") forbid(principal, action == Action::"closeAccount", resource);');
const asksStores = ({ Environment }: Loose) => Environment?.Variables?.POLICY_STORES !== undefined;
const mayAsk = ({ PolicyDocument }: Loose) => JSON.stringify(PolicyDocument).includes('verifiedpermissions:IsAuthorized');
const permission = ({ PolicyDocument }: Loose): Loose => PolicyDocument.Statement.find(({ Action }: Loose) => JSON.stringify(Action).includes('verifiedpermissions')) as Loose;

afterAll(() => rmSync(directory, { recursive: true }));

function failed(): string[] {
  const results = evaluateAll(readAssembly(directory));
  const rows = traceRows(results).filter(({ holds, row: { control } }) => !holds && control === 'ISM-1546').map(({ row: { control, asset } }) => `${control} ${asset}`);
  return [...results.get(CHECK)!.holds ? [] : [CHECK], ...rows];
}

test('shows access policies that are in policy stores', () => {
  expect(failed()).toEqual([]);
});

test.each<[string, (assembly: TamperedAssembly) => void]>([
  ['a policy is gone from its store', (assembly) => assembly.without(POLICY)],
  ['a policy is in no store', (assembly) => assembly.resource(POLICY, (properties) => (properties.PolicyStoreId = 'PS1'))],
  ['a policy has another name', (assembly) => assembly.resource(POLICY, ({ Definition }) => (Definition.Static.Description = 'accounts/other'))],
  ['a policy is of another service', (assembly) => assembly.resource(POLICY, ({ Definition }) => (Definition.Static.Description = Definition.Static.Description.replace('accounts/', 'payments/')))],
  ['a policy says nothing', (assembly) => assembly.resource(POLICY, ({ Definition }) => (Definition.Static.Statement = '// permit everything'))],
  ['the store is gone', (assembly) => assembly.without(STORE)],
  ['the store validates nothing', (assembly) => assembly.resource(STORE, ({ ValidationSettings }) => (ValidationSettings.Mode = 'OFF'))],
  ['the store has no schema', (assembly) => assembly.resource(STORE, (properties) => delete properties.Schema)],
  ['the schema is another', (assembly) => assembly.resource(STORE, ({ Schema }) => (Schema.CedarJson = '{"Elsewhere":{}}'))],
  ['the authorizer is told of another store', (assembly) => assembly.resource(FUNCTION, ({ Environment }) => (Environment.Variables.POLICY_STORES = '{"accounts":"PS1"}'), asksStores)],
  ['the authorizer is told of none', (assembly) => assembly.resource(FUNCTION, ({ Environment }) => delete Environment.Variables.POLICY_STORES, asksStores)],
  ['the authorizer may not ask', (assembly) => assembly.resource('AWS::IAM::ManagedPolicy', (properties) => (permission(properties).Action = ['verifiedpermissions:ListPolicies']), mayAsk)],
  ['the authorizer is denied', (assembly) => assembly.resource('AWS::IAM::ManagedPolicy', (properties) => (permission(properties).Effect = 'Deny'), mayAsk)],
  ['another function may ask, and the authorizer may not', (assembly) => assembly.resource('AWS::IAM::Role', (properties) => (properties.ManagedPolicyArns = []), ({ Tags }) => JSON.stringify(Tags ?? []).includes('sign-trust-tokens'))],
  ['the authorizer may ask another store', (assembly) => assembly.resource('AWS::IAM::ManagedPolicy', (properties) => (permission(properties).Resource = 'arn:aws:verifiedpermissions::999999999999:policy-store/PS1'), mayAsk)],
  ['the authorizer expects a policy that is nowhere', (assembly) => assembly.configuration('public', ({ accessPolicies }) => (accessPolicies.accounts.another = {}))],
  ['the authorizer expects none', (assembly) => assembly.configuration('public', ({ accessPolicies }) => (accessPolicies.accounts = {}))],
  ['the authorizer decides itself, without policies', (assembly) => assembly.configuration('public', (configuration) => delete configuration.policyDecisionPoint)],
  ['the authorizer asks somebody else', (assembly) => assembly.configuration('public', (configuration) => (configuration.policyDecisionPoint = 'elsewhere'))],
])('does not where %s', (_title, tamper) => {
  const assembly = new TamperedAssembly(directory);
  tamper(assembly);
  try {
    expect(failed().sort()).toEqual(['ISM-1546 API Gateway', 'ISM-1546 API Service', CHECK]);
  } finally {
    assembly.restore();
  }
  expect(failed()).toEqual([]);
});
