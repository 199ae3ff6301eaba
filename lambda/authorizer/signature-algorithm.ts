/** Hash and key type of the signatures that count, by the DER of their algorithm identifier (RFC 4055, RFC 5758). */
const ALGORITHMS = new Map<string, readonly [hash: string, keyType: string]>([
  ['300d06092a864886f70d01010b0500', ['sha256', 'rsa']], ['300d06092a864886f70d01010c0500', ['sha384', 'rsa']], ['300d06092a864886f70d01010d0500', ['sha512', 'rsa']],
  ['300a06082a8648ce3d040302', ['sha256', 'ec']], ['300a06082a8648ce3d040303', ['sha384', 'ec']], ['300a06082a8648ce3d040304', ['sha512', 'ec']],
]);

/** What an algorithm identifier (DER) asks for: the hash, and the type of the key; undefined where such signatures do not count. */
export function signatureAlgorithm(identifier: Buffer): readonly [hash: string, keyType: string] | undefined {
  return ALGORITHMS.get(identifier.toString('hex'));
}
