/**
 * Takes apart a distinguished name as the gateway writes it (RFC 4514, leaf first: `CN=acme,O=Acme`).
 *
 * @returns the relative names in certificate order, root first, as `{ type: [value] }`; an escaped comma or plus stays in its value
 */
export function distinguishedName(text: string): { readonly [type: string]: string[] }[] {
  return split(text, ',').map((relativeName) => {
    const attributes: { [type: string]: string[] } = {};
    for (const attribute of split(relativeName, '+')) {
      const [type = '', ...value] = attribute.split('=');
      attributes[type.trim()] = [...attributes[type.trim()] ?? [], value.join('=').trim().replace(/\\(.)/g, '$1')];
    }
    return attributes;
  }).reverse();
}

/** RFC 4514 text of a name that `node:crypto` wrote: one relative name a line, root first. */
export function nameFromLines(lines: string): string {
  return lines.split('\n').filter((line) => line !== '').reverse().join(',');
}

function split(text: string, separator: string): string[] {
  const parts = [''];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]!;
    if (character === '\\') parts.push(`${parts.pop()!}${character}${text[index += 1] ?? ''}`);
    else if (character === separator) parts.push('');
    else parts.push(parts.pop()! + character);
  }
  return parts.filter((part) => part.trim() !== '');
}
