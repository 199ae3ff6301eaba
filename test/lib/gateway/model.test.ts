import { BY_VALIDATOR } from '../../../lib/contract/body-validators';
import { importOpenApi } from '../../../lib/declaration/openapi/import';
import { Scopes } from '../../../lib/declaration/scopes';
import { GatewayModels } from '../../../lib/gateway/model';
import { Refusal } from '../../../lib/private/refusal';
import { exampleDocuments, examplePath } from '../../fixtures/openapi/documents';
import { Instances } from '../../fixtures/openapi/instance';
import { modelValidator, originalValidator } from '../../fixtures/openapi/validators';

const SAMPLES = 30;

/** JSON bodies of a published document; none when it is refused. */
function bodiesOf(document: string) {
  try {
    const { operations, schemas } = importOpenApi(examplePath(document), Scopes.allOf('api'));
    const content = operations.flatMap((operation) => operation.content).filter(({ schema }) => schema !== undefined);
    return { schemas, content: [...new Map(content.map((body) => [JSON.stringify(body), body])).values()] };
  } catch (error) {
    if (error instanceof Refusal) return { schemas: {}, content: [] };
    throw error;
  }
}

// The YAML documents say the same as the JSON documents of that name.
describe.each(['3.0', '3.1'] as const)('models of published documents, OpenAPI %s', (version) => {
  test.each(exampleDocuments(version).filter((document) => document.endsWith('.json')))('accept what %s accepts and tell where they accept more', (document) => {
    const { schemas, content } = bodiesOf(document);
    const models = new GatewayModels(schemas);
    for (const { mediaType, schema } of content) models.body(mediaType, schema);
    const instances = new Instances(schemas);
    for (const { mediaType, schema } of content) {
      const { schema: model, notEnforced } = models.body(mediaType, schema);
      const accepts = modelValidator(model, models.components);
      const [lenient, strict] = [false, true].map((formats) => originalValidator(version, schema, schemas, formats));
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        const like = instances.like(schema);
        const value = sample % 2 === 0 ? like : instances.changed(like);
        const accepted = accepts(value);
        if (lenient!(value) && !accepted) throw new Error(`refuses ${JSON.stringify(value)}: ${JSON.stringify(accepts.errors)}`);
        if (accepted && !strict!(value) && notEnforced.length === 0) throw new Error(`accepts ${JSON.stringify(value)} without a note: ${JSON.stringify(strict!.errors)}`);
      }
    }
  });
});

describe('GatewayModels', () => {
  const models = (schemas: object) => new GatewayModels(schemas as { [name: string]: unknown });
  const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

  test('has only models that bodies lead to', () => {
    const all = models({ A: { properties: { b: reference('B') } }, B: { type: 'string' }, C: { type: 'object' } });
    all.body('application/json', reference('A'));
    expect(Object.keys(all.components)).toEqual(['Nothing', 'A', 'B']);
  });

  test('requires no read-only property, whichever part of a composition does', () => {
    const all = models({ Stored: { type: 'object', properties: { id: { type: 'string', readOnly: true } } } });
    const { schema } = all.body('application/json', { allOf: [reference('Stored'), { required: ['id', 'name'] }] });
    expect(schema).toEqual({ allOf: [reference('Stored'), { required: ['name'] }] });
  });

  test('keeps recursive schemas as references', () => {
    const all = models({ Tree: { properties: { children: { type: 'array', items: reference('Tree') } } } });
    expect(all.body('application/json', reference('Tree'))).toEqual({ schema: reference('Tree'), notEnforced: [] });
    expect(all.components.Tree).toEqual({ properties: { children: { type: 'array', items: reference('Tree') } } });
  });

  test('renames schemas whose names a model cannot have', () => {
    const all = models({ 'api.Account': { type: 'object' }, Nothing: { type: 'string' } });
    const { schema } = all.body('application/json', { anyOf: [reference('api.Account'), reference('Nothing')] });
    expect(schema).toEqual({ anyOf: [reference('apiAccount1c58da48'), reference('Nothing67e1bca0')] });
    expect(all.components).toMatchObject({ apiAccount1c58da48: { type: 'object' }, Nothing67e1bca0: { type: 'string' } });
  });

  test('refuses every body by its empty model', () => {
    const all = models({});
    const accepts = modelValidator(all.nothing, all.components);
    expect([null, true, 0, '', [], {}, { a: 1 }, 'text', [1]].filter((value) => accepts(value))).toEqual([]);
  });

  test('tells the notes of every model that a body leads to', () => {
    const all = models({ A: { properties: { b: reference('B') } }, B: { type: 'string', format: 'uuid' } });
    const note = `#/components/schemas/B: format uuid is not checked${BY_VALIDATOR}`;
    expect(all.body('application/json', { items: reference('A'), format: 'x' }).notEnforced).toEqual(['application/json#: format x is not checked', note]);
    expect(all.modelNotes).toEqual({ A: [], B: [note] });
  });

  test('counts notes where there are too many to read', () => {
    const schemas = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`S${index}`, { properties: { next: reference(`S${(index + 1) % 60}`) }, format: 'x', minItems: 1 }]));
    const { notEnforced } = models(schemas).body('application/json', reference('S0'));
    expect(notEnforced).toHaveLength(101);
    expect(notEnforced.at(-1)).toBe('20 further constraints of 60 models that the body leads to are not checked; modelNotes lists them');
  });

  test('checks nothing but JSON', () => {
    expect(models({}).body('application/xml', { type: 'object' })).toEqual({ notEnforced: ["requestBody of 'application/xml' is not checked: models describe JSON only"] });
    expect(models({}).body('application/json', undefined)).toEqual({ notEnforced: [] });
  });

  test('weakens oneOf and drops not where what they refer to is weakened, however far away', () => {
    const all = models({ A: { properties: { b: reference('B') } }, B: { items: reference('C') }, C: { format: 'date' }, D: { oneOf: [reference('A'), { type: 'string' }] }, E: { not: reference('A') } });
    expect(all.body('application/json', { anyOf: [reference('D'), reference('E')] }).notEnforced).toEqual(expect.arrayContaining([
      `#/components/schemas/D: oneOf is checked as anyOf, because an alternative is not checked in full${BY_VALIDATOR}`,
      `#/components/schemas/E/not: not is not checked, because the schema in it is not checked in full${BY_VALIDATOR}`,
    ]));
    expect(all.components).toMatchObject({ D: { anyOf: [reference('A'), { type: 'string' }] }, E: {} });
  });

  test('has no models for what is left out', () => {
    const all = models({ A: { type: 'string' } });
    expect(all.body('application/json', { not: { ...reference('A'), contains: {} } }).schema).toEqual({});
    expect(Object.keys(all.components)).toEqual(['Nothing']);
  });

  test('opens a circle of schemas without anything in between', () => {
    const all = models({ Pet: { oneOf: [reference('Cat')] }, Cat: { allOf: [reference('Pet'), { required: ['claws'] }] } });
    const { schema, notEnforced } = all.body('application/json', reference('Cat'));
    expect(notEnforced).toEqual(['#/components/schemas/Cat/allOf/0: $ref #/components/schemas/Pet is not checked, because it leads back here']);
    expect(modelValidator(schema, all.components)({ claws: 18 })).toBe(true);
  });
});
