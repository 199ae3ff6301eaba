import { compare, type Assembly } from './assembly';
import { isRecord, items } from './condition';

/** Where an API description says what the gateway cannot enforce. */
export const NOT_ENFORCED = 'x-cdk-api-security-not-enforced';

/** Something that a description asks for and the gateway leaves to the service. */
export interface Limit {
  readonly stack: string;
  readonly logicalId: string;
  readonly note: string;
  /** `GET /accounts/{id}`, sorted. */
  readonly operations: readonly string[];
}

/** The notes on what the gateway does not enforce, gathered from the API bodies. */
export function limits(assembly: Assembly): readonly Limit[] {
  const found = new Map<string, Limit & { operations: string[] }>();
  for (const { stack, logicalId, properties } of assembly.environments.flatMap(({ resources }) => resources)) {
    for (const operation of items(properties.$operations).filter(isRecord)) {
      const name = `${String(operation.$method).replace('x-amazon-apigateway-any-method', 'any').toUpperCase()} ${String(operation.$path)}`;
      for (const note of notes(operation[NOT_ENFORCED])) {
        const key = JSON.stringify([stack, logicalId, note]);
        const limit = found.get(key) ?? { stack, logicalId, note, operations: [] };
        found.set(key, limit);
        limit.operations.push(name);
      }
    }
  }
  return [...found.entries()].sort(([a], [b]) => compare(a, b)).map(([, limit]) => ({ ...limit, operations: limit.operations.sort(compare) }));
}

function notes(value: unknown): string[] {
  const all = isRecord(value) ? items(value) : [value];
  return [...new Set(all.filter((note) => note !== undefined).map((note) => (typeof note === 'string' ? note : JSON.stringify(note))))];
}
