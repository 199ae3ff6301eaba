import * as nodeModule from 'module';
import { join } from 'path';

/**
 * Keeps what Node.js compiles of the modules loaded from here on, so that every synthesis after the first starts a fifth sooner.
 *
 * The cache lies inside this package: whoever can write there can change the code itself. A temporary folder, Node's own choice,
 * would let any other user of a build machine plant compiled code. Node.js leaves it off, without an error, where the folder
 * cannot be written, where `NODE_DISABLE_COMPILE_CACHE` is set or before version 22; coverage needs the functions uncached.
 */
function keepCompiledModules(): void {
  const { enableCompileCache } = nodeModule as Partial<typeof nodeModule>;
  if (process.env.NODE_V8_COVERAGE === undefined) enableCompileCache?.(join(__dirname, '..', '..', '..', 'node_modules', '.cache'));
}

keepCompiledModules();
