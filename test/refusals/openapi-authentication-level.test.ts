import { AuthenticationLevel } from '../../lib';
import { importOpenApi } from '../../lib/declaration/openapi/import';
import { refusalOf } from '../fixtures/refusal';
import { jsonDocument, written } from '../fixtures/openapi/written';

const EXTENSION = 'x-authentication-level';
const responses = { 200: { description: '' } };

/** The level of the only operation of a document with these values at the document, the path and the operation. */
function imported(ofDocument: unknown, ofPath?: unknown, ofOperation?: unknown): AuthenticationLevel | undefined {
  const at = (value: unknown) => (value === undefined ? {} : { [EXTENSION]: value });
  const file = written('a.json', jsonDocument({ ...at(ofDocument), paths: { '/transfers': { ...at(ofPath), get: { responses, ...at(ofOperation) } } } }));
  return importOpenApi(file, undefined).operations[0]!.authenticationLevel;
}
const message = (got: string): string => `OPENAPI_INVALID: an OpenAPI document is valid, got a.json#${got}; `
  + "write x-authentication-level: { acrValues: ['urn:bank:mfa'], methods: [otp], maxAge: 300 } with at least one of the three, or any";

test.each([
  ['high', 'must be an object or any'],
  [null, 'must be an object or any'],
  [['urn:bank:mfa'], 'must be an object or any'],
  [{ acr: ['urn:bank:mfa'] }, "must not have the property 'acr'"],
  [{ acrValues: ['a'], constructor: 1 }, "must not have the property 'constructor'"],
  [{ acrValues: 'urn:bank:mfa' }, 'acrValues must be a list of texts'],
  [{ acrValues: [] }, 'acrValues must be a list of texts'],
  [{ methods: ['otp', 7] }, 'methods must be a list of texts'],
  [{ maxAge: '5m' }, 'maxAge must be whole seconds, at least 1'],
  [{ maxAge: -300 }, 'maxAge must be whole seconds, at least 1'],
  [{ maxAge: 1.5 }, 'maxAge must be whole seconds, at least 1'],
])('refuses the authentication level %j of an OpenAPI document', (level, words) => {
  expect(refusalOf(() => imported(undefined, undefined, level))).toBe(message(`/paths/~1transfers/get/${EXTENSION}: ${words}`));
  expect(refusalOf(() => imported(undefined, level))).toBe(message(`/paths/~1transfers/${EXTENSION}: ${words}`));
  expect(refusalOf(() => imported(level))).toBe(message(`/${EXTENSION}: ${words}`));
});

test('refuses values of an OpenAPI document as those of code', () => {
  expect(refusalOf(() => imported({}))).toMatch(/^AUTHENTICATION_LEVEL: .* got neither acrValues nor methods nor maxAge;/);
  expect(refusalOf(() => imported({ acrValues: ['a"b'] }))).toMatch(/^AUTHENTICATION_LEVEL: .* got "a\\"b";/);
});

test('reads what the nearest place says: operation, path, document', () => {
  const level = (name: string) => ({ acrValues: [name], methods: ['otp'], maxAge: 300 });
  expect(imported(undefined)).toBeUndefined();
  expect(imported(level('document'))).toMatchObject({ acrValues: ['document'], methods: ['otp'] });
  expect(imported(level('document'))?.maxAge?.toSeconds()).toBe(300);
  expect(imported(level('document'), level('path'))?.acrValues).toEqual(['path']);
  expect(imported(level('document'), level('path'), level('operation'))?.acrValues).toEqual(['operation']);
  expect(imported(level('document'), undefined, 'any')?.isAny).toBe(true);
});
