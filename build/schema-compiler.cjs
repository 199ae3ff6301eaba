/* eslint-disable @typescript-eslint/no-require-imports -- an entry point of the bundler. */
// Entry point of the bundled compiler: JSON Schema 2020-12 to the text of a module that needs nothing and evaluates nothing.
const { _ } = require('ajv');
const Ajv = require('ajv/dist/2020').default;
const standalone = require('ajv/dist/standalone').default;
const { text, PARTS } = require('validator-parts');

/** A function of the parts, as Ajv refers to it from generated code. */
const part = (name) => Object.assign(PARTS[name], { code: `require(${JSON.stringify(name)})` });
const call = (gen, name) => gen.scopeValue('func', { ref: PARTS[name], code: _`require(${name})` });

exports.PARTS = text;

/** The code of validators: `bodies` are schemas by the names that it exports them under, `components` what they refer to. */
exports.compile = (bodies, components, counted) => {
  const ajv = new Ajv({
    strict: false, validateSchema: false, logger: false, messages: false, unicodeRegExp: true,
    // Or a member that every object inherits would be there in an empty body.
    ownProperties: true,
    formats: PARTS.formats,
    code: { source: true, lines: false, regExp: part('pattern'), formats: _`require("formats")` },
  });
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({ keyword: 'multipleOf', type: 'number', schemaType: 'number', code: (cxt) => cxt.fail(_`!${call(cxt.gen, 'isMultiple')}(${cxt.data}, ${cxt.schema})`) });
  ajv.addKeyword({ keyword: counted, schemaType: 'boolean', before: '$ref', code: ({ gen }) => gen.code(_`${call(gen, 'count')}()`) });
  ajv.addSchema({ $id: 'service', components, bodies });
  return standalone(ajv, Object.fromEntries(Object.keys(bodies).map((name) => [name, `service#/bodies/${name}`])));
};
