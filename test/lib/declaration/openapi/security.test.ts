import { readDocument } from '../../../../lib/declaration/openapi/document';
import { References } from '../../../../lib/declaration/openapi/references';
import { SecuritySchemes } from '../../../../lib/declaration/openapi/security';
import { Scopes } from '../../../../lib/declaration/scopes';
import { jsonDocument, written } from '../../../fixtures/openapi/written';

const oauth = { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://idp.example/token', scopes: { read: '', write: '' } }, implicit: { authorizationUrl: 'https://idp.example/', scopes: { admin: '' } } } };
const key = { type: 'apiKey', in: 'header', name: 'X-Key' };
const basic = { type: 'http', scheme: 'basic' };
const oidc = { type: 'openIdConnect', openIdConnectUrl: 'https://idp.example/.well-known/openid-configuration' };

function schemes(securitySchemes: object = { oauth, key, basic, oidc }): SecuritySchemes {
  const document = readDocument(written('a.json', jsonDocument({ components: { securitySchemes } })));
  return new SecuritySchemes(document, new References(document), Scopes.allOf('api'));
}

const imported = (requirements?: object[]) => {
  const { scopes, notEnforced } = schemes().import(requirements, ['security']);
  return { alternatives: scopes?.alternatives, notEnforced };
};

test('takes schemes of one requirement together and requirements as alternatives', () => {
  expect(imported([{ oauth: ['read', 'write'] }, { oidc: ['admin'] }])).toEqual({ alternatives: [['read', 'write'], ['admin']], notEnforced: [] });
  expect(imported([{ oauth: ['read'], oidc: ['openid', 'read'] }])).toEqual({ alternatives: [['read', 'openid']], notEnforced: [] });
});

test.each([[undefined], [[]], [[{}]]])('closes an operation that is declared open: %p', (requirements) => {
  expect(imported(requirements)).toEqual({
    alternatives: undefined,
    notEnforced: ['security: the document declares it open; the gateway asks for an access token with the scopes of the API service instead'],
  });
});

test('asks for an access token where the document asks for something else', () => {
  expect(imported([{ key: [], basic: [] }])).toEqual({
    alternatives: undefined,
    notEnforced: ["security: the document accepts apiKey 'key' and http basic 'basic'; the gateway asks for an access token instead"],
  });
});

test('leaves out alternatives without an access token', () => {
  expect(imported([{ oauth: ['read'] }, { key: [] }, {}])).toEqual({
    alternatives: [['read']],
    notEnforced: [
      "security: the document accepts apiKey 'key'; the gateway asks for an access token instead",
      'security: the document accepts callers without credentials; the gateway asks for an access token instead',
    ],
  });
});

test('tells what is asked for beside an access token', () => {
  expect(imported([{ oauth: ['read'], key: [] }])).toEqual({ alternatives: [['read']], notEnforced: ["security: apiKey 'key' is asked for beside the access token and is not checked"] });
});

test("asks for the service's scopes where the document names none", () => {
  expect(imported([{ oauth: [] }, { oauth: ['write'] }])).toEqual({
    alternatives: [['api'], ['write']],
    notEnforced: ['security: the document asks for an access token without scopes; the gateway asks for the scopes of the API service'],
  });
});

test('lists the scopes of all flows and of the service', () => {
  expect(schemes({ oauth, key }).vocabulary).toEqual(['admin', 'api', 'read', 'write']);
});

test.each([[{ oauth, oidc }], [{ key }]])('has no list of scopes where the document has none: %j', (declared) => {
  expect(schemes(declared).vocabulary).toBeUndefined();
});
