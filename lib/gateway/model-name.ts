import { createHash } from 'crypto';

/** Model that no body satisfies. */
export const NOTHING = 'Nothing';

/** Name of the gateway model of a schema: letters and digits only, the same in every synthesis, different for different schemas. */
export function modelName(schemaName: string): string {
  const name = schemaName.replace(/[^A-Za-z0-9]/g, '');
  return name === schemaName && name !== NOTHING ? name : `${name}${createHash('sha256').update(schemaName).digest('hex').slice(0, 8)}`;
}
