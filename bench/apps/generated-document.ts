import { existsSync, mkdirSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** A generated OpenAPI 3.0 document: families of resources, each with reading and writing operations, parameters and bodies. */
export function generatedDocument(operations: number): string {
  const folder = join(tmpdir(), 'cdk-api-security-bench');
  const file = join(folder, `operations-${operations}.json`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(document(operations)));
  return file;
}

/** Operations of one resource: list, create, read, replace, remove. */
const KINDS = ['get', 'post', 'get', 'put', 'delete'] as const;
/** Resources in one family, which is one first path segment. */
const FAMILY = 40;

function document(count: number): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (let index = 0; index < count; index += 1) {
    const resource = Math.floor(index / KINDS.length);
    const kind = index % KINDS.length;
    const collection = `/family-${Math.floor(resource / FAMILY)}/things-${resource}`;
    const path = kind < 2 ? collection : `${collection}/{id}`;
    const method = KINDS[kind] ?? 'get';
    paths[path] = { ...paths[path], [method]: operation(`operation${index}`, method, kind >= 2) };
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Generated', version: '1' },
    paths,
    components: {
      securitySchemes: { oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://id.example/token', scopes: { 'things:read': 'Read', 'things:write': 'Write' } } } } },
      schemas: { Thing: { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 1, maxLength: 100 }, count: { type: 'integer', minimum: 0 }, parent: { $ref: '#/components/schemas/Thing' } } } },
    },
  };
}

function operation(operationId: string, method: string, single: boolean): unknown {
  const writes = method === 'post' || method === 'put';
  return {
    operationId,
    security: [{ oauth: [writes || method === 'delete' ? 'things:write' : 'things:read'] }],
    parameters: [
      ...(single ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
      { name: 'verbose', in: 'query', schema: { type: 'boolean' } },
    ],
    ...(writes && { requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } } }),
    responses: { 200: { description: 'done' } },
  };
}
