import { Scopes } from '../../lib';
import { apiService, get } from '../fixtures/declaration';
import { refusalOf } from '../fixtures/refusal';

const operations = [get('/accounts', { scopes: Scopes.anyOfAll(['accounts', 'acounts:read']) })];

test('refuses a scope outside the vocabulary', () => {
  expect(refusalOf(() => apiService({ scopeVocabulary: ['accounts', 'accounts:read'], operations }))).toBe(
    "SCOPE_UNKNOWN: an operation needs only scopes that its API service declares, got 'acounts:read' for 'get /accounts' of 'accounts'; write the scope among the scopes of the security scheme (scopeVocabulary in code), or a declared one",
  );
});

test('refuses the service-wide scopes too when they are unknown', () => {
  expect(refusalOf(() => apiService({ scopeVocabulary: ['read'], scopes: Scopes.allOf('write') }))).toContain("got 'write' for 'get /accounts/{id}'");
});

test('accepts a scope of the vocabulary, and any scope without one', () => {
  expect(apiService({ scopeVocabulary: ['accounts', 'acounts:read'], operations }).operations).toBe(operations);
  expect(apiService({ operations }).operations).toBe(operations);
});
