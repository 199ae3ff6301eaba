import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LocalRefusal } from '../local/local-refusal';
import type { Command } from './command';

const OPTIONS = {
  service: { type: 'string' },
  out: { type: 'string', default: 'body-validators.js' },
  'body-bytes': { type: 'string' },
  'text-bytes': { type: 'string' },
  'accept-read-only': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const HELP = `Usage: cdk-api-security validators DOCUMENT --service NAME [options]

Compiles the schemas of an OpenAPI document's request bodies into a module for
the service library, which refuses what breaks them before a handler runs. For
services that a BackendFunction does not stamp: that one brings its own.

  --service NAME   name of the API service in the declaration
  --out FILE       CommonJS module (default: ${OPTIONS.out.default})
  --body-bytes N   largest body, where the service is told another limit
  --text-bytes N   longest text in it, likewise: patterns are left out that a
                   caller could make run too long with one
  --accept-read-only  lets read-only properties through, where the declaration
                   says ReadOnlyProperties.accepted(reason)
  --help           this text`;

/** `validators`: the module that checks the bodies of an OpenAPI document. */
export const validatorsCommand: Command = {
  summary: 'compiles the schemas of request bodies for a service',
  async run(args) {
    const { values, positionals: [document = '', ...more] } = parse(args);
    if (values.help) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const { service, out } = values;
    if (document === '' || more.length > 0 || service === undefined) throw misused(args.join(' ') || 'none');
    // The reader of documents brings the CDK along, which no other command has to wait for.
    const [{ importOpenApi }, { ReadOnlyProperties }, { bodyValidators }] = await Promise.all([import('../lib/declaration/openapi/import.js'), import('../lib/declaration/read-only-properties.js'), import('../lib/gateway/body-validators.js')]);
    const { operations, schemas } = importOpenApi(document, undefined);
    const readOnlyProperties = values['accept-read-only'] ? ReadOnlyProperties.accepted('said by --accept-read-only of this command') : ReadOnlyProperties.REFUSED;
    const text = bodyValidators({ name: service, operations, schemas, readOnlyProperties }, { ...bytes('bodyBytes', values['body-bytes']), ...bytes('textBytes', values['text-bytes']) });
    if (text === undefined) throw new LocalRefusal('VALIDATORS_DOCUMENT', 'an operation takes a JSON body that has a schema', `none in ${document}`, 'a document with one, or nothing: no validators are needed');
    writeFileSync(out, text);
    process.stdout.write(`wrote ${out}\n`);
    return 0;
  },
};

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch {
    throw misused(args.join(' '));
  }
}

function bytes(limit: 'bodyBytes' | 'textBytes', text: string | undefined): { readonly [limit: string]: number } {
  if (text === undefined) return {};
  if (!/^[1-9]\d{0,8}$/.test(text)) throw misused(text);
  return { [limit]: Number(text) };
}

function misused(got: string): LocalRefusal {
  return new LocalRefusal('VALIDATORS_OPTION', 'validators takes one document, the name of its service and the options that --help lists', got, 'cdk-api-security validators openapi.yaml --service orders');
}
