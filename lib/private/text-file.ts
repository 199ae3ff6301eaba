import { readFileSync } from 'fs';
import { isAbsolute } from 'path';

/** Things that the file system and the decoder say, in words. */
const FAULTS: { readonly [code: string]: string } = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'a directory',
  EACCES: 'no permission to read',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'not UTF-8',
};

/** Reads a text that somebody declared by its path. */
export function readText(file: string): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
}

/** Why a file cannot be read: `'certs/partners.pem': no such file, relative to the working directory`. */
export function fileFault(file: string, error: unknown): string {
  const fault = FAULTS[(error as { code?: string }).code ?? ''] ?? 'not readable';
  // Where a relative path starts is what a user gets wrong; an absolute one hides nothing.
  return `'${file}': ${fault}${fault === FAULTS.ENOENT && !isAbsolute(file) ? ', relative to the working directory' : ''}`;
}
