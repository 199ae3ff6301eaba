import { demand } from '../private/refusal';

const NAME = /^[a-z](?:-?[a-z0-9])*$/;

/** Checks a declared name: it becomes part of paths, logical ids and metrics. */
export function checkedName(name: string): string {
  demand('NAME', NAME.test(name) && name.length <= 40, () => `'${name}'`);
  return name;
}

/** Checks that no two things of one kind share a name; `write` is for a kind that has a better way out than another name. */
export function checkUnique(kind: string, names: readonly string[], write?: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    demand('DUPLICATE_NAME', !seen.has(name), () => `two ${kind} named '${name}'`, write);
    seen.add(name);
  }
}
