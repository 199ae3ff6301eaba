import { createRequire } from 'node:module';

/** What a file beside the handler exports; a bundler leaves it where it is. */
export function requiredFile(file: string): unknown {
  return createRequire(file)(file);
}
