import { App } from 'aws-cdk-lib';
import { ApiSecurity, ApiSecurityProps } from '../../lib';
import { checkDeclaration } from '../../lib/declaration/api-security-props';
import { apiGroup, everyDomain, testEnvironment } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const declaration = (props: Partial<ApiSecurityProps> = {}): ApiSecurityProps => ({ environments: [testEnvironment()], securityDomains: everyDomain(), groups: [apiGroup()], ...props });
const message = (got: string, write: string): string => `DECLARATION_EMPTY: a declaration names at least one environment, one security domain and one API group, got ${got}; write ${write}`;

test.each<[string, Partial<ApiSecurityProps>, string]>([
  ['environments: []', { environments: [] }, 'environments: [Environment.test({ … })]'],
  ['securityDomains: []', { securityDomains: [] }, 'securityDomains: [SecurityDomain.public({ consumers: […] })]'],
  ['groups: []', { groups: [] }, "groups: [new ApiGroup('accounts', { services: […] })]"],
])('refuses %s, which would deploy nothing', (got, props, write) => {
  expect(refusalOf(() => new ApiSecurity(new App(), 'ApiSecurity', declaration(props)))).toBe(message(got, write));
});

test('accepts one of each', () => {
  expect(() => checkDeclaration(declaration())).not.toThrow();
});
