import { Duration } from 'aws-cdk-lib';
import { ApiGroup, AuthenticationLevel, Exposure, Scopes } from '../../../lib';
import { operationPolicies } from '../../../lib/declaration/operation-policies';
import { apiGroup, apiService, get, internalDomain, post, publicDomain } from '../../fixtures/declaration';

const large = apiService({ operations: [get('/cards/{id}'), post('/loans', { scopes: Scopes.anyOfAll(['loans', 'write'], ['admin']) })], resourceQuota: 3 });

test('looks an operation up by REST API, method and the path inside that REST API', () => {
  expect(operationPolicies(publicDomain(), [apiGroup(large)])).toEqual({
    'accounts/cards GET /{id}': { id: 'get /cards/{id}', service: 'accounts', group: 'accounts', scopes: [['accounts']], marking: { ceiling: 'OFFICIAL' }, parameters: {} },
    'accounts/loans POST /': { id: 'post /loans', service: 'accounts', group: 'accounts', scopes: [['loans', 'write'], ['admin']], marking: { ceiling: 'OFFICIAL' }, parameters: { content: ['application/json'] } },
  });
});

test('knows the operations of its own domain only', () => {
  const groups = [apiGroup(apiService(), apiService({ exposure: [Exposure.INTERNAL] }, 'ledger'))];
  const services = (keys: string[]): string[] => [...new Set(keys.map((key) => key.split(' ')[0]!))];
  expect(services(Object.keys(operationPolicies(publicDomain(), groups)))).toEqual(['accounts']);
  expect(services(Object.keys(operationPolicies(internalDomain(), groups)))).toEqual(['accounts', 'ledger']);
});

test('tells how users must have been authenticated: as the operation says, or else its service, or else its group', () => {
  const level = (name: string) => AuthenticationLevel.of({ acrValues: [name] });
  const open = get('/open', { authenticationLevel: AuthenticationLevel.any() });
  const paying = apiService({ authenticationLevel: level('service'), operations: [get('/own', { authenticationLevel: level('operation') }), get('/shared'), open] }, 'paying');
  const plain = apiService({ operations: [get('/plain'), open] }, 'plain');
  const asked = (authenticationLevel?: AuthenticationLevel) => Object.fromEntries(
    Object.values(operationPolicies(publicDomain(), [new ApiGroup('money', { services: [paying, plain], authenticationLevel })])).map((policy) => [`${policy.service} ${policy.id}`, policy.authentication]),
  );
  const ofService = { 'paying get /own': { acrValues: ['operation'] }, 'paying get /shared': { acrValues: ['service'] }, 'paying get /open': undefined, 'plain get /open': undefined };
  expect(asked()).toEqual({ ...ofService, 'plain get /plain': undefined });
  expect(asked(level('group'))).toEqual({ ...ofService, 'plain get /plain': { acrValues: ['group'] } });
});

test('tells class, methods and age as the authorizer compares them', () => {
  const authenticationLevel = AuthenticationLevel.of({ acrValues: ['a', 'b'], methods: ['otp', 'hwk'], maxAge: Duration.minutes(5) });
  const [policy] = Object.values(operationPolicies(publicDomain(), [apiGroup(apiService({ operations: [get('/own', { authenticationLevel })] }))]));
  expect(policy!.authentication).toEqual({ acrValues: ['a', 'b'], methods: ['otp', 'hwk'], maxAgeSeconds: 300 });
});
