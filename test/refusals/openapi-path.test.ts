import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses a path parameter that is only part of a segment', () => {
  const file = written('accounts.yaml', "openapi: 3.0.3\ninfo: { title: Accounts, version: '1' }\npaths: { '/accounts/{id}.json': { get: { responses: { '200': { description: Account } } } } }\n");
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPERATION_PATH: an operation's path is a sequence of '/' and a {parameter} or a literal of letters, digits, dots, underscores, colons and hyphens, got '/accounts/{id}.json'; write a path such as '/accounts/{id}'"),
  );
});
