import { readFileSync } from 'fs';
import { PARAMETER_CHECKS_FILE } from '../contract/parameter-rule';
import { packagedFile } from '../private/packaged-file';

/** What checks parameters, to lie beside the authorizer's handler: every operation says at least which query parameters there are. */
export function parameterChecksFile(): { [name: string]: Buffer } {
  return { [PARAMETER_CHECKS_FILE]: readFileSync(packagedFile(`handlers/authorizer/${PARAMETER_CHECKS_FILE}`)) };
}
