// One file instead of two hundred: Node.js finds, reads and evaluates the library as one module.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix, resolve } from 'node:path';
import { transformSync } from 'esbuild';

const require = createRequire(import.meta.url);

/** Stays a file of its own: what is compiled before it ran is not kept in the compile cache. */
const FIRST = 'private/compile-cache.js';
/** Lies beside the modules that look around themselves, for files of the package and for frames of the library. */
const LIBRARY = 'private/library.js';

/** Puts what jsii compiled into one file behind the same main module; the declarations of types stay as they are. */
export function bundleLibrary(folder) {
  const main = join(folder, 'index.js');
  const names = Object.keys(require(resolve(main)));
  const library = libraryOf(modulesFrom('index', folder));
  for (const file of readdirSync(folder, { recursive: true })) {
    if (file.endsWith('.js') && file !== FIRST) rmSync(join(folder, file));
  }
  writeFileSync(join(folder, LIBRARY), library);
  writeFileSync(main, `"use strict";
require("./${FIRST}");
module.exports = require("./${LIBRARY}");
// Never runs: ECMAScript modules read here what they can import by name.
0 && (module.exports = { ${names.join(', ')} });
`);
}

/** Compiled modules by name, this one and what it requires: not by the bundler, which renames classes. */
function modulesFrom(name, folder, modules = new Map()) {
  if (modules.has(name)) return modules;
  modules.set(name, '');
  const { code } = transformSync(readFileSync(join(folder, `${name}.js`), 'utf8'), { target: 'node20' });
  const linked = code.replace(/\brequire\("(\.[^"]+)"\)/g, (_, path) => {
    const required = posix.join(posix.dirname(name), path);
    modulesFrom(required, folder, modules);
    return `load("${required}")`;
  });
  return modules.set(name, name === 'index' ? whenAsked(linked) : linked);
}

/** An export evaluates its module when an app asks for it, as those of aws-cdk-lib do. */
function whenAsked(code) {
  return code.replace(/^var (\w+) = (load\(".+"\));$/gm, 'const $1 = () => $2;').replace(/\breturn (\w+)\./g, 'return $1().');
}

// V8 compiles functions in parentheses with their file, and only what is compiled with its file is kept in the compile cache.
function libraryOf(modules) {
  return `"use strict";
const modules = {
${[...modules].map(([name, code]) => `"${name}": (function (exports) {\n${code}})`).join(',\n')}
};
const loaded = {};
function load(name) {
  if (loaded[name] === undefined) modules[name](loaded[name] = {});
  return loaded[name];
}
module.exports = load("index");
`;
}
