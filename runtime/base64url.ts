/**
 * Bytes of a base64url text (RFC 4648 section 5, no padding), or undefined where the text is not the one canonical encoding.
 *
 * Node decodes what it can and skips the rest, so two texts would mean one token; encoding again tells.
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** Canonical base64url of bytes or of a UTF-8 text. */
export function encodeBase64url(value: Uint8Array | string): string {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : Buffer.from(value.buffer, value.byteOffset, value.length);
  return bytes.toString('base64url');
}
