import { ModelSchema, applyBounds, applyTypes, applyValues, typesOf } from '../../../lib/gateway/json-type';
import { modelValidator } from '../../fixtures/openapi/validators';

const VALUES = [null, true, 0, 1, 1.5, 'a', 'b', [], {}];

/** Which of the values pass a model made of these conditions. */
function passing(apply: (model: ModelSchema, conditions: ModelSchema[]) => void): unknown[] {
  const model: ModelSchema = {};
  const conditions: ModelSchema[] = [];
  apply(model, conditions);
  expect(JSON.stringify([model, conditions])).not.toContain('null');
  const accepts = modelValidator({ allOf: [model, ...conditions, {}] }, {});
  return VALUES.filter((value) => accepts(value));
}

test.each([
  [{ type: 'string' }, ['a', 'b']],
  [{ type: 'string', nullable: true }, [null, 'a', 'b']],
  [{ type: ['integer', 'null'] }, [null, 0, 1]],
  [{ type: ['integer', 'number'] }, [0, 1, 1.5]],
  [{ type: ['string', 'boolean'] }, [true, 'a', 'b']],
  [{ type: ['array', 'object', 'null'] }, [null, [], {}]],
  [{ type: 'null' }, [null]],
])('writes %j without the type null', (schema, expected) => {
  expect(passing((model, conditions) => applyTypes(typesOf(schema)!, model, conditions))).toEqual(expected);
});

test.each([
  [['a', 'a', 1], undefined, [1, 'a']],
  [['a', null], ['string', 'null'], [null, 'a']],
  [[null], undefined, [null]],
  [[[], {}], undefined, [[], {}]],
  [[], undefined, []],
])('writes the values %j without null', (values, types, expected) => {
  expect(passing((_, conditions) => applyValues(values, types, conditions))).toEqual(expected);
});

test.each([
  [{ minimum: 1 }, undefined, [null, true, 1, 1.5, 'a', 'b', [], {}]],
  [{ minimum: 1, exclusiveMinimum: true }, undefined, [null, true, 1.5, 'a', 'b', [], {}]],
  [{ exclusiveMinimum: 0 }, ['integer'], [null, true, 1, 1.5, 'a', 'b', [], {}]],
  [{ maximum: 1, exclusiveMaximum: 1 }, ['number'], [null, true, 0, 'a', 'b', [], {}]],
  [{ maximum: 1, exclusiveMaximum: false }, ['integer'], [null, true, 0, 1, 'a', 'b', [], {}]],
])('writes the bounds %j without exclusive keywords', (schema, types, expected) => {
  expect(passing((model, conditions) => applyBounds(schema, types, model, conditions))).toEqual(expected);
});
