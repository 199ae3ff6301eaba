import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const ROOT = resolve(__dirname, '../..');
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
/** What a user's app has beside the package; the same versions, so that the registry is asked once only. */
const USER_PACKAGES = ['aws-cdk-lib', 'cdk-nag', 'constructs', 'typescript', '@types/node', 'aws-cdk'].map((name) => `${name}@${devDependencies[name]}`);

const folder = mkdtempSync(join(tmpdir(), 'packed-'));
const installed = join(folder, 'node_modules', 'cdk-api-security');
const shipped: string[] = [];

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The first TypeScript sample of the README: what a newcomer copies. */
function readmeSample(): string {
  const [, sample] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
  return `${sample}\napp.synth();\n`;
}

beforeAll(() => {
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, stdio: 'pipe' });
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`, ...USER_PACKAGES);
  shipped.push(...readdirSync(installed, { recursive: true }) as string[]);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('type-checks the sample of the README against the installed package', () => {
  writeFileSync(join(folder, 'app.ts'), readmeSample());
  run('npx', 'tsc', '--strict', '--target', 'es2022', '--module', 'node16', '--moduleResolution', 'node16', '--types', 'node', 'app.ts');
  expect(existsSync(join(folder, 'app.js'))).toBe(true);
}, 120_000);

test('synthesizes the sample under every rule pack, with no bundler in reach: handlers were bundled when the library was built', () => {
  expect(existsSync(join(folder, 'node_modules', 'esbuild'))).toBe(false);
  execFileSync('node', ['app.js'], { cwd: folder, env: { ...process.env, CDK_OUTDIR: join(folder, 'cdk.out'), CDK_VALIDATION: 'true' }, stdio: 'pipe' });
  expect(readdirSync(join(folder, 'cdk.out', 'assembly-Production')).filter((name) => name.endsWith('.template.json')).length).toBeGreaterThan(4);
}, 120_000);

test('keeps compiled modules inside the package, where only who can change its code can write', () => {
  rmSync(join(installed, 'node_modules'), { recursive: true, force: true });
  const cached = (environment: NodeJS.ProcessEnv): boolean => {
    execFileSync('node', ['-e', "require('cdk-api-security')"], { cwd: folder, env: environment, stdio: 'pipe' });
    return existsSync(join(installed, 'node_modules', '.cache'));
  };
  expect(cached({ ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' })).toBe(false);
  expect(cached({ ...process.env, NODE_V8_COVERAGE: join(folder, 'coverage') })).toBe(false);
  expect(cached(process.env)).toBe(true);
});

test('offers by name to ECMAScript modules whatever it offers', () => {
  writeFileSync(join(folder, 'names.mjs'), "import * as named from 'cdk-api-security';\nimport { createRequire } from 'node:module';\nconst { default: _, 'module.exports': all, ...names } = named;\nconst required = createRequire(import.meta.url)('cdk-api-security');\nprocess.stdout.write(JSON.stringify([Object.keys(names).sort(), Object.keys(required).sort()]));\n");
  const [imported, required] = JSON.parse(run('node', 'names.mjs')) as [string[], string[]];
  expect(required).toContain('ApiSecurity');
  expect(imported).toEqual(required);
});

test('points at the line of the declaration that it refuses, and at none of its own', () => {
  writeFileSync(join(folder, 'mistake.js'), "const { Rate } = require('cdk-api-security');\nconst declare = () => Rate.perSecond(0);\ntry { declare(); } catch (error) { process.stdout.write(error.stack); }\n");
  expect(run('node', 'mistake.js')).toMatch(/^RATE[A-Z_]*: [^\n]*\n +at declare \([^\n]*mistake\.js:2:\d+\)$/);
});

test('keeps the names of its classes, and what jsii knows them by', () => {
  writeFileSync(join(folder, 'classes.js'), "const named = Object.entries(require('cdk-api-security')).filter(([, value]) => typeof value === 'function');\nprocess.stdout.write(JSON.stringify(named.map(([name, type]) => [name, type.name, type[Symbol.for('jsii.rtti')]?.fqn])));\n");
  const classes = JSON.parse(run('node', 'classes.js')) as [string, string, string][];
  expect(classes.length).toBeGreaterThan(60);
  expect(classes).toEqual(classes.map(([name]) => [name, name, `cdk-api-security.${name}`]));
});

test('reports evidence with the installed command', () => {
  expect(run('npx', 'cdk-api-security', 'report', '--app', 'cdk.out', '--out', 'evidence')).toContain('controls.html');
});

test('writes an app that passes its own tests and synthesizes clean', () => {
  run('npx', 'cdk-api-security', 'init', 'shop');
  const app = join(folder, 'shop');
  // The versions are those that the package pins, installed beside it already.
  symlinkSync(join(folder, 'node_modules'), join(app, 'node_modules'));
  const output = execFileSync('npm', ['test'], { cwd: app, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  expect(output).toMatch(/pass 4\n[\s\S]*fail 0\n/);
  expect(execFileSync('npm', ['run', 'report'], { cwd: app, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })).toContain('controls.html');
}, 180_000);

test('answers a mistake with one line and no stack trace', () => {
  const mistake = (): string => run('npx', 'cdk-api-security', 'start', '--app', 'nowhere');
  expect(mistake).toThrow(/[A-Z_]+: .*, got .*; write /);
  expect(mistake).not.toThrow(/ at .*:\d+:\d+/);
});

test('offers the service library under its own name', () => {
  expect(run('node', '-p', "typeof require('cdk-api-security/service').verifyTrustToken").trim()).toBe('function');
});

test('ships the library, the handlers and the command, and neither sources nor tests', () => {
  const files = shipped.filter((name) => !name.endsWith('.d.ts') && !name.startsWith('template'));
  expect(files).toEqual(expect.arrayContaining(['.jsii', 'README.md', 'LICENSE', 'dist/handlers/authorizer/index.js', 'dist/bin/cdk-api-security.js', 'dist/THIRD_PARTY_LICENSES.txt']));
  expect(files.filter((name) => /\.(ts|tsbuildinfo|test\.js|pem)$|(^|\/)(test|bench|reference|node_modules)(\/|$)/.test(name))).toEqual([]);
  // One module, since finding and evaluating two hundred takes longer than a small synthesis can spare.
  expect(files.filter((name) => name.startsWith('dist/lib/') && name.endsWith('.js')).sort()).toEqual(['dist/lib/index.js', 'dist/lib/private/compile-cache.js', 'dist/lib/private/library.js']);
});
