import { sufficientScopes } from '../../../lambda/authorizer/client';
import { CONFIGURATION, NOW } from '../fixtures/authorizer';

const client = CONFIGURATION.clients['web-app']!;
const operation = Object.values(CONFIGURATION.operations)[0]!;
const granted = (...scopes: string[]) => ({ subject: 'user-1', clientId: 'web-app', scopes: new Set(scopes), expiresAt: NOW });

test('chooses the first alternative that was granted in full', () => {
  expect(sufficientScopes(client, granted('accounts.admin', 'accounts.any'), operation)).toEqual(['accounts.admin', 'accounts.any']);
  expect(sufficientScopes(client, granted('accounts.admin', 'accounts.any', 'accounts.read'), operation)).toEqual(['accounts.read']);
});

test('refuses a token that was granted no alternative in full', () => {
  expect(() => sufficientScopes(client, granted('accounts.any'), operation)).toThrow('scope_insufficient');
});

test('refuses everybody where an operation asks for nothing', () => {
  expect(() => sufficientScopes(client, granted('accounts.read'), { ...operation, scopes: [] })).toThrow('scope_insufficient');
  expect(() => sufficientScopes(client, granted('accounts.read'), { ...operation, scopes: [[]] })).toThrow('scope_insufficient');
});

test('refuses a client of another group before it looks at scopes', () => {
  expect(() => sufficientScopes({ ...client, groups: ['payments'] }, granted(), operation)).toThrow('client_not_subscribed');
});
