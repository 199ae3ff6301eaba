import { posix } from 'node:path';
import { LocalRefusal } from '../local-refusal';

const latin1 = (text: string, encoding: BufferEncoding): string => Buffer.from(text, encoding).toString('latin1');
const ENTITIES: { readonly [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: '\u00a0' };

const ESCAPES: { readonly [letter: string]: string } = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
// "If the code is in the full-width ASCII code range of FF01-FF5E, the higher byte is used to detect and adjust the lower byte. Otherwise [...] the higher byte is zeroed."
const byte = (hex: string): string => {
  const code = parseInt(hex, 16);
  return String.fromCharCode(code >= 0xff01 && code <= 0xff5e ? (code & 0xff) + 0x20 : code & 0xff);
};
const normalized = (path: string): string => path === '' ? '' : posix.normalize(path);

/** Text transformations by name; texts hold one byte per character (latin1). */
const TRANSFORMATIONS: { readonly [type: string]: (text: string) => string } = {
  NONE: (text) => text,
  LOWERCASE: (text) => text.toLowerCase(),
  URL_DECODE: (text) => text.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  URL_DECODE_UNI: (text) => text.replaceAll('+', ' ').replace(/%u([0-9a-f]{4})|%([0-9a-f]{2})/gi, (_, wide?: string, narrow?: string) => byte(wide ?? narrow!)),
  COMPRESS_WHITE_SPACE: (text) => text.replace(/[\s\u00a0]+/g, ' '),
  HTML_ENTITY_DECODE: (text) => text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex?: string, decimal?: string, name?: string) =>
    hex !== undefined ? String.fromCharCode(parseInt(hex, 16)) : decimal !== undefined ? String.fromCharCode(Number(decimal)) : ENTITIES[name!.toLowerCase()] ?? all),
  NORMALIZE_PATH: normalized,
  NORMALIZE_PATH_WIN: (text) => normalized(text.replaceAll('\\', '/')),
  REMOVE_NULLS: (text) => text.replaceAll('\0', ''),
  REPLACE_NULLS: (text) => text.replaceAll('\0', ' '),
  REPLACE_COMMENTS: (text) => text.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' '),
  BASE64_DECODE: (text) => latin1(text, 'base64'),
  BASE64_DECODE_EXT: (text) => latin1(text.replace(/[^A-Za-z0-9+/=_-]/g, ''), 'base64'),
  HEX_DECODE: (text) => latin1(text, 'hex'),
  CMD_LINE: (text) => text.replace(/[\\"'^]/g, '').replace(/\s+([/(])/g, '$1').replace(/[,;]/g, ' ').replace(/\s+/g, ' ').toLowerCase(),
  JS_DECODE: (text) => text.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi, (_, wide?: string, narrow?: string, letter?: string) =>
    letter === undefined ? byte(wide ?? narrow!) : ESCAPES[letter] ?? letter),
};

/**
 * Compiles a statement's `TextTransformations`: applied in order of priority, lowest first.
 *
 * @throws LocalRefusal for a transformation that is not emulated
 */
export function textTransformation(list: readonly { readonly Priority: number; readonly Type: string }[] = []): (text: string) => string {
  const steps = [...list].sort((a, b) => a.Priority - b.Priority).map(({ Type }) => {
    const step = TRANSFORMATIONS[Type];
    if (step === undefined) throw new LocalRefusal('LOCAL_WEB_ACL', 'a text transformation is emulated', Type, `one of ${Object.keys(TRANSFORMATIONS).join(', ')}`);
    return step;
  });
  const [only = TRANSFORMATIONS.NONE!, ...more] = steps;
  return more.length === 0 ? only : (text) => steps.reduce((value, step) => step(value), text);
}
