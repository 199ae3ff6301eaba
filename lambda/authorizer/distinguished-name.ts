/** Attribute types under one name, whichever of the names in use wrote them (RFC 4514 section 3, X.520). */
const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'cn', '2.5.4.4': 'sn', '2.5.4.5': 'serialnumber', '2.5.4.6': 'c', '2.5.4.7': 'l', '2.5.4.8': 'st', '2.5.4.9': 'street',
  '2.5.4.10': 'o', '2.5.4.11': 'ou', '2.5.4.12': 'title', '2.5.4.15': 'businesscategory', '2.5.4.42': 'gn', '2.5.4.97': 'organizationidentifier',
  '0.9.2342.19200300.100.1.1': 'uid', '0.9.2342.19200300.100.1.25': 'dc', '1.2.840.113549.1.9.1': 'emailaddress',
  s: 'st', givenname: 'gn', surname: 'sn', e: 'emailaddress',
};

const ATTRIBUTE_TYPE = /^(?:[A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\.[0-9]+)+)$/;
const ESCAPED = /\\(?:([0-9A-Fa-f]{2})|([ "#+,;<=>\\]))/y;

/**
 * One spelling of a distinguished name (RFC 4514, leaf first), or undefined where the text is not one.
 *
 * Attribute types compare whatever their case or name, values exactly, so that two names are equal only where they mean one subject.
 */
export function canonicalName(text: string): string | undefined {
  const relativeNames = split(text, ',').map((relativeName) => {
    const attributes = split(relativeName, '+').map(canonicalAttribute);
    return attributes.includes(undefined) ? undefined : attributes.sort();
  });
  return relativeNames.includes(undefined) ? undefined : JSON.stringify(relativeNames);
}

/** RFC 4514 text of a name that node:crypto wrote: one relative name a line, root first. */
export function nameFromLines(lines: string): string {
  return lines.split('\n').reverse().map((line) => split(line, '+').map(withoutOuterSpaces).join('+')).join(',');
}

// By hand: an expression that looks back over what escapes a separator takes time that grows with the square of the name.
function split(text: string, separator: ',' | '+'): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

// Only U+0020 is no part of a value (RFC 2253 section 4): other white space belongs to another subject.
function withoutOuterSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === ' ') {
    start += 1;
  }
  while (end > start && text[end - 1] === ' ') {
    end -= 1;
  }
  return text.slice(start, end);
}

function canonicalAttribute(text: string): string | undefined {
  const equals = text.indexOf('=');
  const type = withoutOuterSpaces(text.slice(0, Math.max(equals, 0)));
  const unescaped = ATTRIBUTE_TYPE.test(type) ? unescape(withoutOuterSpaces(text.slice(equals + 1))) : undefined;
  if (unescaped === undefined || unescaped === '') {
    return undefined;
  }
  const name = type.toLowerCase();
  return `${Object.hasOwn(ATTRIBUTE_NAMES, name) ? ATTRIBUTE_NAMES[name] : name}=${unescaped}`;
}

function unescape(value: string): string | undefined {
  // Quoted values (RFC 2253) and #hex values are other spellings of the same; certificates of consumers need neither.
  if (/^[#"]/.test(value)) {
    return undefined;
  }
  const bytes: Buffer[] = [];
  let at = 0;
  for (let escape = value.indexOf('\\'); escape !== -1; escape = value.indexOf('\\', at)) {
    ESCAPED.lastIndex = escape;
    const [escaped, hex, literal] = ESCAPED.exec(value) ?? [];
    if (escaped === undefined) {
      return undefined;
    }
    if (escape > at) {
      bytes.push(Buffer.from(value.slice(at, escape), 'utf8'));
    }
    bytes.push(hex === undefined ? Buffer.from(literal ?? '', 'utf8') : Buffer.from(hex, 'hex'));
    at = escape + escaped.length;
  }
  bytes.push(Buffer.from(value.slice(at), 'utf8'));
  return Buffer.concat(bytes).toString('utf8');
}
