import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';

const PACKAGE = 'cdk-api-security';
let root: string | undefined;

/** Absolute path of a file or folder that the build leaves in `dist`, such as `handlers/authorizer`. */
export function packagedFile(path: string): string {
  root ??= packageRoot(__dirname);
  const file = join(root, 'dist', path);
  if (!existsSync(file)) throw new Error(`dist/${path} is missing; run npm run build`);
  return file;
}

// Sources sit in lib and compiled files in dist/lib, so only the package's own manifest tells where its root is.
function packageRoot(folder: string): string {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === PACKAGE) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`${__filename} is not inside the package ${PACKAGE}`);
  return packageRoot(parent);
}
