import { AuthenticationLevel, ClientCertificate, Consumer, Exposure, SecurityDomain } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { checkAuthenticationReachable } from '../../lib/declaration/authentication-demand';
import { apiGroup, apiService, get, internalDomain, publicDomain, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const authenticationLevel = AuthenticationLevel.of({ acrValues: ['urn:bank:mfa'] });
const groups = [apiGroup(apiService({ operations: [get('/balance'), get('/transfer', { authenticationLevel })] }))];
const partner = SecurityDomain.partner({ consumers: [Consumer.trustedApplication('acme', { groups: ['accounts'], certificates: [ClientCertificate.bySubject('CN=acme')] })] });
const message = (got: string): string => 'AUTHENTICATION_UNREACHABLE: an operation that asks how its user was authenticated can be called by a consumer that has users, '
  + `got ${got}; write a Consumer.browser, Consumer.native or Consumer.application in one of its domains, or AuthenticationLevel.any() on the operation`;

test('refuses an operation that asks for a user, where only systems may call it', () => {
  expect(refusalOf(() => checkAuthenticationReachable(groups, [partner, internalDomain()]))).toBe(message("'get /transfer' of 'accounts', for trusted-application 'acme', system 'ledger'"));
});

test('refuses it in a whole declaration', () => {
  const inside = [apiGroup(apiService({ approvedExposure: [Exposure.INTERNAL], authenticationLevel }))];
  expect(refusalOf(() => checkDeclaration({ environments: [testEnvironment()], securityDomains: [internalDomain()], groups: inside }))).toMatch(/^AUTHENTICATION_UNREACHABLE: /);
});

test('refuses one whose callers with users may not call its group', () => {
  const elsewhere = SecurityDomain.public({ consumers: [Consumer.browser('web-bank', { groups: ['lending'] })] });
  expect(refusalOf(() => checkAuthenticationReachable(groups, [elsewhere]))).toBe(message("'get /transfer' of 'accounts', for nobody"));
});

test('refuses one that is not exposed where the users are', () => {
  const inside = [apiGroup(apiService({ exposure: [Exposure.INTERNAL], authenticationLevel }))];
  expect(refusalOf(() => checkAuthenticationReachable(inside, [publicDomain(), internalDomain()]))).toBe(message("'get /accounts/{id}' of 'accounts', for system 'ledger'"));
});

test('accepts it where one of several domains has users, and asks nothing of other operations', () => {
  checkAuthenticationReachable(groups, [publicDomain(), internalDomain()]);
  checkAuthenticationReachable([apiGroup()], [internalDomain()]);
});
