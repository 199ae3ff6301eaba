import { importOpenApi } from '../../lib/declaration/openapi/import';
import { written } from '../fixtures/openapi/written';

test('refuses an OpenAPI file in another encoding than UTF-8', () => {
  const file = written('accounts.yaml', Uint8Array.of(0xff, 0xfe, 0x61, 0x00));
  expect(() => importOpenApi(file, undefined)).toThrow(
    new Error("OPENAPI_FILE: an OpenAPI document is a readable JSON or YAML file, got 'accounts.yaml': not UTF-8; write the path of an existing .json or .yaml file"),
  );
});
