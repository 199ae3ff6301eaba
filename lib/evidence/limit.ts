import { NOT_ENFORCED } from '../contract/not-enforced';
import { compare, type Assembly, type Resource } from './assembly';
import { isRecord, items } from './value';

/** Something that a description asks for and the gateway leaves to the service. */
export interface Limit {
  readonly note: string;
  /** `GET /accounts/{id}`, sorted. */
  readonly operations: readonly string[];
  /** Every REST API that serves those operations with that note. */
  readonly apis: readonly Resource[];
}

/** The notes on what the gateway does not enforce, gathered from the API bodies; the same note on the same operations is one. */
export function limits(assembly: Assembly): readonly Limit[] {
  const found = new Map<string, Limit & { apis: Resource[] }>();
  for (const api of assembly.environments.flatMap(({ resources }) => resources)) {
    for (const [note, operations] of notedOperations(api)) {
      const key = JSON.stringify([operations[0], note, operations]);
      const limit = found.get(key) ?? { note, operations, apis: [] };
      limit.apis.push(api);
      found.set(key, limit);
    }
  }
  return [...found.entries()].sort(([a], [b]) => compare(a, b)).map(([, limit]) => limit);
}

function notedOperations({ properties }: Resource): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>(notes(isRecord(properties.$body) ? properties.$body[NOT_ENFORCED] : undefined).map((note) => [note, ['the whole description']]));
  for (const operation of items(properties.$operations).filter(isRecord)) {
    const name = `${String(operation.$method).replace('x-amazon-apigateway-any-method', 'any').toUpperCase()} ${String(operation.$path)}`;
    for (const note of notes(operation[NOT_ENFORCED])) found.set(note, [...(found.get(note) ?? []), name].sort(compare));
  }
  return found;
}

function notes(value: unknown): string[] {
  const all = isRecord(value) ? items(value) : [value];
  return [...new Set(all.filter((note) => note !== undefined).map((note) => (typeof note === 'string' ? note : JSON.stringify(note))))];
}
