import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalRefusal } from '../local/local-refusal';
import type { Command } from './command';

const HELP = `Usage: cdk-api-security init DIR

Writes a small app that synthesizes clean and passes its own npm test: two
environments, one public API from an OpenAPI document, tests through the local
gateway. DIR is new or empty; its name becomes the package's.

  --help   this text`;

const PACKAGE = resolve(__dirname, '..', '..');
const NEEDS = ['aws-cdk-lib', 'cdk-nag', 'constructs'];
const NEEDS_TO_BUILD = ['@types/node', 'aws-cdk', 'typescript'];
/** What npm takes for the name of a package. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,213}$/;

/** `init`: a new app. */
export const initCommand: Command = {
  summary: 'writes a new app that works',
  run(args) {
    const { folder, help } = parse(args);
    if (help) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const name = basename(resolve(folder));
    if (!NAME.test(name)) throw new LocalRefusal('INIT_NAME', 'an app is named as npm packages are: lower case letters, digits, ., _ and -', name, 'cdk-api-security init my-apis');
    if (existsSync(folder) && readdirSync(folder).length > 0) throw new LocalRefusal('INIT_FOLDER', 'an app starts in a new or empty folder', `${folder}, which holds files`, 'the path of a folder that does not exist yet');
    writeApp(folder, name);
    process.stdout.write(`wrote ${folder}\n\ncd ${folder} && npm install && npm test\n`);
    return 0;
  },
};

function parse(args: readonly string[]): { readonly folder: string; readonly help: boolean } {
  try {
    const { values: { help = false }, positionals: [folder = '', ...more] } = parseArgs({ args: [...args], options: { help: { type: 'boolean' } }, allowPositionals: true, strict: true });
    if (help || (folder !== '' && more.length === 0)) return { folder, help };
  } catch {
    // The refusal below says what is wrong with any of them.
  }
  throw new LocalRefusal('INIT_FOLDER', 'init takes one folder', args.join(' ') || 'none', 'cdk-api-security init my-apis');
}

function writeApp(folder: string, name: string): void {
  cpSync(join(PACKAGE, 'template'), folder, { recursive: true });
  // npm leaves a .gitignore out of what it publishes.
  renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'));
  const { name: library, version, devDependencies } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { name: string; version: string; devDependencies: Record<string, string> };
  const pinned = (names: readonly string[]) => Object.fromEntries(names.map((needed) => [needed, devDependencies[needed]]));
  const app = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
  const dependencies = { ...pinned(NEEDS), [library]: version };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...app, name, dependencies, devDependencies: pinned(NEEDS_TO_BUILD) }, undefined, 2)}\n`);
  const readme = join(folder, 'README.md');
  writeFileSync(readme, readFileSync(readme, 'utf8').replace('NAME', name));
}
