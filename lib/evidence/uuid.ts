import { createHash } from 'node:crypto';

/** Namespace of every id in the evidence: the version 5 UUID of the project's address in the URL namespace. */
const NAMESPACE = uuidV5('https://github.com/cdk-api-security/cdk-api-security', '6ba7b811-9dad-11d1-80b4-00c04fd430c8');

/** A version 5 UUID (RFC 9562): the same name always gets the same id. */
export function uuid(name: string): string {
  return uuidV5(name, NAMESPACE);
}

function uuidV5(name: string, namespace: string): string {
  const bytes = createHash('sha1').update(Buffer.from(namespace.replaceAll('-', ''), 'hex')).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
