/** Which elements of a JSON body a statement looks at. */
export interface JsonElements {
  readonly keys: boolean;
  readonly values: boolean;
  /** JSON pointers (RFC 6901) to what is looked at; everything where there are none. */
  readonly paths?: readonly string[];
}

/** Elements of a JSON body up to its first fault, as bytes in latin1. */
export interface JsonTexts { readonly texts: readonly string[]; readonly complete: boolean }

interface Container { readonly path: string; readonly keys?: Set<string>; key?: string; elements: number }

/** One element, whatever commas and colons are before it: a missing comma, a missing colon and extra colons are no faults. */
const ELEMENT = /[\s,:]*(?:("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([[\]{}]))/y;

/**
 * Reads a JSON body as AWS WAF does.
 *
 * It stops at invalid characters, at a key that an object has twice, at the end of what it was given, and at a root that is neither
 * object nor array. The keys on the way to an included element are not looked at.
 *
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-fields-list.html ("JSON body")
 */
export function jsonTexts(document: string, { keys, values, paths }: JsonElements): JsonTexts {
  const texts: string[] = [];
  const included = (path: string): boolean => paths?.some((pointer) => path === pointer || path.startsWith(`${pointer}/`)) ?? true;
  const look = (text: string): void => { texts.push(Buffer.from(text).toString('latin1')); };
  const open: Container[] = [];
  const enter = (bracket: string | undefined, path: string): void => {
    if (bracket !== undefined) open.push({ path, elements: 0, ...bracket === '{' && { keys: new Set() } });
  };
  ELEMENT.lastIndex = 0;
  for (;;) {
    const [element, string, scalar, bracket] = ELEMENT.exec(document) ?? [];
    if (element === undefined) return { texts, complete: false };
    const inside = open.at(-1);
    if (inside === undefined) {
      if (bracket !== '{' && bracket !== '[') return { texts, complete: false };
      enter(bracket, '');
    } else if (bracket === '}' || bracket === ']') {
      if ((bracket === '}') !== (inside.keys !== undefined) || inside.key !== undefined) return { texts, complete: false };
      open.pop();
      if (open.length === 0) return { texts, complete: document.slice(ELEMENT.lastIndex).trim() === '' };
    } else if (inside.keys !== undefined && inside.key === undefined) {
      if (string === undefined) return { texts, complete: false };
      const key = JSON.parse(string) as string;
      if (inside.keys.has(key)) return { texts, complete: false };
      inside.keys.add(key);
      inside.key = key;
      if (keys && included(inside.path)) look(key);
    } else {
      const path = `${inside.path}/${(inside.key ?? String(inside.elements)).replaceAll('~', '~0').replaceAll('/', '~1')}`;
      inside.key = undefined;
      inside.elements += 1;
      enter(bracket, path);
      if (bracket === undefined && values && included(path)) look(string === undefined ? scalar! : JSON.parse(string) as string);
    }
  }
}
