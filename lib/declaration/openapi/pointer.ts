/** JSON pointer (RFC 6901) of a path of keys. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((segment) => `/${String(segment).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** Keys of a `$ref` into the same document; undefined when it leads elsewhere. */
export function pathOf(reference: string): string[] | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  return reference.split('/').slice(1).map((segment) => percentDecoded(segment).replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** `$ref` to a schema of a document's components. */
export function schemaReference(name: string): string {
  return `#/components/schemas${pointerOf([name])}`;
}

function percentDecoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
