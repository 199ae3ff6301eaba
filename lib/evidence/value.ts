/** A property path: segments separated by dots, or listed where a name has a dot of its own. Empty: the value itself. */
export type Path = string | readonly string[];

/** The path as a list of names. */
export function segments(path: Path): readonly string[] {
  if (typeof path !== 'string') return path;
  return path === '' ? [] : path.split('.');
}

/** The value below a path. */
export function valueAt(value: unknown, path: Path): unknown {
  return segments(path).reduce<unknown>((at, name) => (isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined), value);
}

/** The items of a list or the values of a map. */
export function items(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isRecord(value) ? Object.values(value) : [];
}

/** True for a map or a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
