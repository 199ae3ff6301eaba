import { readFileSync } from 'node:fs';
import { EvidenceError, reasonOf } from './evidence-error';

/** The JSON of a file that the assembly names. */
export function jsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new EvidenceError('EVIDENCE_FILE', `${file} (${reasonOf(error)})`);
  }
}
