import { readFileSync } from 'fs';
import { join } from 'path';

interface Documented {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
}

interface Property extends Documented {
  readonly optional?: boolean;
}

interface Type extends Documented {
  readonly datatype?: boolean;
  readonly properties?: readonly Property[];
  readonly methods?: readonly Documented[];
  readonly members?: readonly Documented[];
}

/** The public API as the compiler describes it: what the API reference and every editor show. */
const { types } = JSON.parse(readFileSync(join(__dirname, '../../.jsii'), 'utf8')) as { types: { readonly [name: string]: Type } };
const TYPES = Object.values(types);

test.each(TYPES.map((type): [string, Type] => [type.name, type]))('says what %s and its members are', (_name, type) => {
  const members = [...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])];
  expect([type, ...members].filter(({ docs }) => !docs?.summary).map(({ name }) => name)).toEqual([]);
});

test.each(TYPES.filter(({ datatype }) => datatype).map((type): [string, Type] => [type.name, type]))('says what happens where %s leaves something out', (_name, { properties = [] }) => {
  expect(properties.filter(({ optional, docs }) => optional && !docs?.default).map(({ name }) => name)).toEqual([]);
});
