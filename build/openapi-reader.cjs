/* eslint-disable @typescript-eslint/no-require-imports -- the bundler turns each of these into a part that is evaluated when asked for. */
// Entry point of the bundled reader: a JSON document is read without evaluating the YAML parser.
Object.defineProperty(exports, 'yaml', { get: () => require('js-yaml') });
exports.validators = {
  get '3.0'() { return require('openapi-schema:3.0'); },
  get '3.1'() { return require('openapi-schema:3.1'); },
};
