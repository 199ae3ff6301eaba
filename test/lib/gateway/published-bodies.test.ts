import { importOpenApi } from '../../../lib/declaration/openapi/import';
import { ReadOnlyProperties } from '../../../lib/declaration/read-only-properties';
import { Scopes } from '../../../lib/declaration/scopes';
import { BodySchemas } from '../../../lib/gateway/body-schema';
import { bodyValidators } from '../../../lib/gateway/body-validators';
import { Refusal } from '../../../lib/private/refusal';
import { loadedValidators } from '../../fixtures/body-validators';
import { exampleDocuments, examplePath } from '../../fixtures/openapi/documents';
import { Instances } from '../../fixtures/openapi/instance';
import { originalValidator } from '../../fixtures/openapi/validators';

const SAMPLES = 16;
/** Where requests differ from what a schema says of every message, or choose among alternatives by a value. */
const OF_REQUESTS = /"(readOnly|discriminator)":/;

/** Operations of a published document that take a JSON body; none when it is refused. */
function bodiesOf(document: string) {
  try {
    const { operations, schemas } = importOpenApi(examplePath(document), Scopes.allOf('api'));
    return { schemas, operations: operations.filter(({ content }) => content.some(({ mediaType, schema }) => schema !== undefined && /[/+]json$/.test(mediaType))) };
  } catch (error) {
    if (error instanceof Refusal) return { schemas: {}, operations: [] };
    throw error;
  }
}

let compared = 0;

describe.each(['3.0', '3.1'] as const)('validators of published documents, OpenAPI %s', (version) => {
  test.each(exampleDocuments(version).filter((document) => document.endsWith('.json')))('accept and refuse what %s does', (document) => {
    const { schemas, operations } = bodiesOf(document);
    if (operations.length === 0) return;
    const { bodyFault } = loadedValidators(bodyValidators({ name: 'api', operations, schemas, readOnlyProperties: ReadOnlyProperties.REFUSED }, {})!);
    const instances = new Instances(schemas);
    const all = new BodySchemas(schemas, {});
    const exact = !OF_REQUESTS.test(JSON.stringify([schemas, operations]));
    for (const { id, content } of operations) {
      for (const { mediaType, schema } of content.filter(({ mediaType: type, schema: given }) => given !== undefined && /[/+]json$/.test(type))) {
        const [lenient, strict] = [false, true].map((formats) => originalValidator(version, schema, schemas, formats));
        const whole = !all.isIncomplete(schema);
        for (let sample = 0; sample < SAMPLES; sample += 1) {
          const like = instances.like(schema);
          const value = sample % 2 === 0 ? like : instances.changed(like);
          const fault = bodyFault(id, mediaType, value);
          if (exact && strict!(value) && fault !== undefined) throw new Error(`refuses ${JSON.stringify(value)} of ${id}: ${fault}`);
          if (exact && whole && !lenient!(value) && fault === undefined) throw new Error(`accepts ${JSON.stringify(value)} of ${id}: ${JSON.stringify(lenient!.errors)}`);
          compared += 1;
        }
      }
    }
  });
});

test('has compared many bodies', () => {
  expect(compared).toBeGreaterThan(1000);
});
