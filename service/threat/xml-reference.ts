/** Longest reference that is looked for the end of: `&#x10FFFF;` with leading zeros enough for anybody. */
export const REFERENCE_BYTES = 16;
const PREDEFINED = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);

/** True for what stands between `&` and `;` without a document type: a predefined entity, or a character by its number. */
export function isKnownReference(name: string): boolean {
  return PREDEFINED.has(name) || isCharacter(name);
}

/** True for `#65` and `#x41`, where XML has a character of that number. */
function isCharacter(name: string): boolean {
  if (!/^#(?:\d+|x[\dA-Fa-f]+)$/.test(name)) {
    return false;
  }
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code === 9 || code === 10 || code === 13
    || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}
