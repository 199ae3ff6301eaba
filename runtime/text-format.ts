import { isIPv4, isIPv6 } from 'node:net';

const TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i;
const DURATION = /^P(?=[\dT])(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/;
const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

/** The formats of texts that are checked, by the grammars that JSON Schema refers to (RFC 3339, 4122, 1123, 5321, 3986, 4648, 6901). */
export const TEXT_FORMATS: { readonly [format: string]: (text: string) => boolean } = {
  'date': isDate,
  'time': (text) => TIME.test(text),
  'date-time': (text) => isDate(text.slice(0, 10)) && /^t$/i.test(text.charAt(10)) && TIME.test(text.slice(11)),
  'uuid': (text) => UUID.test(text),
  'email': isEmail,
  'hostname': isHostName,
  'ipv4': isIPv4,
  // A zone means something on the host alone that it was written on.
  'ipv6': (text) => isIPv6(text) && !text.includes('%'),
  'uri': (text) => SCHEME.test(text) && URL.canParse(text),
  'uri-reference': (text) => /^[\x21-\x7e]*$/.test(text) && URL.canParse(text, 'https://host.example/'),
  'duration': (text) => DURATION.test(text),
  'json-pointer': (text) => POINTER.test(text),
  'byte': (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  'base64url': (text) => text.length % 4 !== 1 && /^[A-Za-z0-9_-]*$/.test(text),
};

/** `format` where a text is not of it; what is no format of texts asks nothing of them. */
export function formatFault(text: string, format: string): string | undefined {
  const accepts = TEXT_FORMATS[format];
  return accepts === undefined || accepts(text) ? undefined : 'format';
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined) {
    return false;
  }
  const days = new Date(Date.UTC(2000 + Number(year) % 400, Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
}

function isHostName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => LABEL.test(label));
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  return at > 0 && at <= 64 && LOCAL_PART.test(text.slice(0, at)) && isHostName(text.slice(at + 1));
}
