import { createRequire } from 'module';
import { packagedFile } from '../private/packaged-file';
import { BodySchema } from './body-schema';

interface Compiler {
  /** Text of what compiled code asks for, by name. */
  readonly PARTS: string;
  compile(bodies: { readonly [name: string]: BodySchema }, components: { readonly [name: string]: BodySchema }, counted: string): string;
}

/** The compiler of schemas, which a declaration without bodies never loads. */
export function schemaCompiler(): Compiler {
  return createRequire(__filename)(packagedFile('openapi/compiler.js')) as Compiler;
}
