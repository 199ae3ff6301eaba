/* eslint-disable @typescript-eslint/no-require-imports -- an entry point of the bundler. */
// Entry point of the bundled compiler: JSON Schema 2020-12 to the text of a module that needs nothing and evaluates nothing.
const { _, nil } = require('ajv');
const Ajv = require('ajv/dist/2020').default;
const { text, PARTS } = require('validator-parts');

/** A function of the parts, as Ajv refers to it from generated code. */
const part = (name) => Object.assign(PARTS[name], { code: `require(${JSON.stringify(name)})` });
const call = (gen, name) => gen.scopeValue('func', { ref: PARTS[name], code: _`require(${name})` });

exports.PARTS = text;

/** The code of validators: `bodies` are schemas by the names that it exports them under, `components` what they refer to by `$ref: 'components:NAME'`. */
exports.compile = (bodies, components, counted) => {
  const ajv = new Ajv({
    strict: false, validateSchema: false, logger: false, messages: false, unicodeRegExp: true, inlineRefs: false,
    // Or a member that every object inherits would be there in an empty body.
    ownProperties: true,
    formats: PARTS.formats,
    code: { source: true, lines: false, regExp: part('pattern'), formats: _`require("formats")` },
  });
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({ keyword: 'multipleOf', type: 'number', schemaType: 'number', code: (cxt) => cxt.fail(_`!${call(cxt.gen, 'isMultiple')}(${cxt.data}, ${cxt.schema})`) });
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({ keyword: 'uniqueItems', type: 'array', schemaType: 'boolean', code: (cxt) => { if (cxt.schema) cxt.fail(_`!${call(cxt.gen, 'areUnique')}(${cxt.data})`); } });
  ajv.addKeyword({ keyword: counted, schemaType: 'boolean', before: '$ref', code: ({ gen }) => gen.code(_`${call(gen, 'count')}()`) });
  for (const [name, schema] of Object.entries(components)) ajv.addSchema(schema, `components:${name}`).schemas[`components:${name}`].schemaPath = `#/components/schemas/${name}`;
  for (const [name, schema] of Object.entries(bodies)) ajv.addSchema(schema, `bodies:${name}`);
  // Ajv compiles what a $ref leads to inside what refers to it, and a chain of some hundred would use up the stack. What it knows
  // already it takes as it is, so each schema is told of all others, and compiled by itself.
  const known = Object.fromEntries(Object.keys(components).map((name) => [`components:${name}`, ajv.schemas[`components:${name}`]]));
  for (const schema of Object.values(ajv.schemas)) Object.assign(schema.refs, known);
  const sources = Object.keys(ajv.schemas).map((id) => [id, ajv.getSchema(id).source]);
  const used = {};
  const code = sources.map(([, { scopeValues, validateCode, validateName, evaluated }]) => [
    ajv.scope.scopeCode(scopeValues, used, referred), validateCode, evaluated === undefined ? '' : _`${validateName}.evaluated = ${evaluated};`,
  ].join('\n'));
  const exported = sources.filter(([id]) => id.startsWith('bodies:')).map(([id, { validateName }]) => `exports.${id.slice('bodies:'.length)} = ${validateName};`);
  return [...code, ...exported].join('\n');
};

/** What stands for a function that is in the code anyway, by its own name or inside what Ajv wraps a function in that it has yet to make. */
function referred(name) {
  return name.prefix === 'validate' ? nil : _`const ${name} = {validate: ${name.value.ref.validateName}};`;
}
