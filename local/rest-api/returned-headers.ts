/** Headers of an integration that a caller gets under another name, or not at all ("Amazon API Gateway important notes"). */
const REMAPPED = new Set(['www-authenticate', 'server', 'date', 'x-amzn-requestid']);
const DROPPED = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'upgrade']);

/** The name under which a caller gets a header of an integration; nothing where it gets none. */
export function returnedName(name: string): string | undefined {
  const lower = name.toLowerCase();
  return DROPPED.has(lower) ? undefined : REMAPPED.has(lower) ? `x-amzn-Remapped-${name}` : name;
}
