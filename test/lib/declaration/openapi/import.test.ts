import { importOpenApi } from '../../../../lib/declaration/openapi/import';
import { Scopes } from '../../../../lib/declaration/scopes';
import { exampleDocuments, examplePath } from '../../../fixtures/openapi/documents';
import { jsonDocument, written } from '../../../fixtures/openapi/written';

const responses = { default: { description: '' } };
const OPEN = 'security: the document declares it open; the gateway asks for an access token with the scopes of the API service instead';

/** Published documents that are refused, and why; everything else is imported. */
const REFUSED: { readonly [document: string]: string } = {
  'openapi-workshop/post': 'OPENAPI_INVALID: an OpenAPI document is valid, got FILE#/paths/~1hoot/post/responses: must NOT have fewer than 1 properties',
  'parameters-style': "OPERATION_PATH: an operation's path is a sequence of '/' and a {parameter} or a literal of letters, digits, dots, underscores, colons and hyphens, got '/cookies#formNonExploded'",
  'response-http-behavior': "OPENAPI_INVALID: an OpenAPI document is valid, got FILE#/paths/~1cache/get/security/0: must name a declared security scheme, not 'api_key'",
  'schema-validation-local': 'OPENAPI_INVALID: an OpenAPI document is valid, got FILE#/paths/~1anything~1numbers/parameters/3/schema/exclusiveMaximum: must be number',
  'schema-validation-top-level': 'OPENAPI_INVALID: an OpenAPI document is valid, got FILE#/paths/~1anything~1numbers/parameters/1/schema/exclusiveMaximum: must be number',
  security: 'API_KEY_IN_QUERY: an API key travels in a header, never in the query string, got FILE#/components/securitySchemes/apiKey_query: in: query',
  'security-multiple': 'API_KEY_IN_QUERY: an API key travels in a header, never in the query string, got FILE#/components/securitySchemes/apiKey_query: in: query',
};

function imported(parts: object, version?: string) {
  return importOpenApi(written('a.json', jsonDocument(parts, version)), Scopes.allOf('api'));
}

describe('published documents', () => {
  const documents = [...exampleDocuments('3.0'), ...exampleDocuments('3.1')];
  const refusalOf = (document: string) => REFUSED[document.replace(/^3\.\d\/(json|yaml)\/|\.(json|yaml)$/g, '')];

  test.each(documents.filter((document) => refusalOf(document) === undefined))('imports %s', (document) => {
    const { operations } = importOpenApi(examplePath(document), Scopes.allOf('api'));
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    expect(/webhooks|workshop.title/.test(document) || operations.length > 0).toBe(true);
  });

  test.each(documents.filter((document) => refusalOf(document) !== undefined))('refuses %s', (document) => {
    expect(() => importOpenApi(examplePath(document), Scopes.allOf('api'))).toThrow(refusalOf(document)!.replace('FILE', examplePath(document)));
  });

  test.each(exampleDocuments('2.0'))('refuses %s', (document) => {
    expect(() => importOpenApi(examplePath(document), Scopes.allOf('api'))).toThrow('OPENAPI_VERSION');
  });
});

test('imports method, path, id, scopes, parameters and body', () => {
  const paths = { '/accounts/{id}': { put: {
    operationId: 'replaceAccount',
    security: [{ oauth: ['write'] }],
    requestBody: { $ref: '#/components/requestBodies/Account' },
    responses,
  } } };
  const components = {
    requestBodies: { Account: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Account' } } } } },
    schemas: { Account: { type: 'object' } },
    securitySchemes: { oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://idp.example', scopes: { write: '' } } } } },
  };
  const { operations, schemas, scopeVocabulary } = imported({ paths, components });
  expect(operations).toEqual([expect.objectContaining({
    method: 'PUT',
    path: '/accounts/{id}',
    id: 'replaceAccount',
    scopes: Scopes.anyOfAll(['write']),
    parameters: [{ name: 'id', location: 'path', required: true }],
    content: [{ mediaType: 'application/json', schema: { $ref: '#/components/schemas/Account' } }],
    contentRequired: true,
    notEnforced: [],
  })]);
  expect(schemas).toEqual({ Account: { type: 'object' } });
  expect(scopeVocabulary).toEqual(['api', 'write']);
});

test('takes the security of the document where an operation has none', () => {
  const components = { securitySchemes: { oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://idp.example' } } };
  const { operations, scopeVocabulary } = imported({ paths: { '/a': { get: { responses }, post: { security: [], responses } } }, security: [{ oidc: ['read'] }], components });
  expect(operations.map(({ scopes, notEnforced }) => [scopes?.names, notEnforced])).toEqual([[['read'], []], [undefined, [OPEN]]]);
  expect(scopeVocabulary).toBeUndefined();
});

test('shares a path item between paths', () => {
  const { operations } = imported({ paths: { '/a': { get: { operationId: 'read', responses } }, '/b': { $ref: '#/paths/~1a' } } });
  expect(operations.map(({ id }) => id)).toEqual(['read', 'get /b']);
});

test('reports servers and TRACE', () => {
  const servers = [{ url: 'https://other.example' }];
  const { operations, notEnforced } = imported({ paths: { '/a': { servers, trace: { responses }, get: { responses, servers } }, '/b': { trace: { responses } } } });
  expect(operations[0]!.notEnforced).toEqual([
    OPEN,
    'servers: the backend of the API service is called instead',
    'servers of /a: the backend of the API service is called instead',
    'trace /a: the gateway offers no TRACE',
  ]);
  expect(notEnforced).toEqual(['trace /b: the gateway offers no TRACE']);
});

test('has no operations for webhooks and callbacks', () => {
  const get = { responses, callbacks: { done: { 'https://callback.example': { post: { responses } } } } };
  expect(imported({ paths: { '/a': { get } }, webhooks: { done: { post: { responses } } } }, '3.1.0').operations).toHaveLength(1);
});
