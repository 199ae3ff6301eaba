import { demand } from '../../private/refusal';
import { pointerOf } from './pointer';

/** Bytes of a document, and characters of what its aliases expand to. */
export const MAXIMUM_SIZE = 20 * 1024 * 1024;
/** Levels of objects and lists. */
export const MAXIMUM_DEPTH = 200;
const SHOWN_SEGMENTS = 6;

interface Extent {
  readonly height: number;
  readonly characters: number;
}

/**
 * Refuses a document that nests too deep, or whose YAML aliases expand to too much.
 *
 * Everything after this may recurse, and may visit a shared object once for each alias.
 */
export function checkExtent(root: unknown, file: string, aliases: boolean): void {
  // Only aliases make two places share an object; remembering every object of a large document costs time.
  const known = aliases ? new Map<object, Extent>() : undefined;
  const path: string[] = [];

  const tooDeep = (depth: number): void =>
    demand('OPENAPI_SIZE', depth <= MAXIMUM_DEPTH, () => `more than ${MAXIMUM_DEPTH} levels at ${file}#${pointerOf(path.slice(0, SHOWN_SEGMENTS))}/…`);

  const measure = (node: unknown): Extent => {
    if (typeof node !== 'object' || node === null) return { height: 0, characters: String(node).length };
    const seen = known?.get(node);
    tooDeep(path.length + (seen?.height ?? 0));
    if (seen !== undefined) return seen;
    let height = 0;
    let characters = 2;
    for (const key of Object.keys(node)) {
      path.push(key);
      const child = measure((node as { [key: string]: unknown })[key]);
      path.pop();
      height = Math.max(height, child.height + 1);
      characters += key.length + child.characters;
    }
    const extent = { height, characters };
    known?.set(node, extent);
    return extent;
  };

  const { characters } = measure(root);
  demand('OPENAPI_SIZE', characters <= MAXIMUM_SIZE, () => `${file}, whose aliases expand to more than 20 MiB`);
}
