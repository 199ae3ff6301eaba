import { importX } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

// The import rules of ARCHITECTURE.md, as data: what a folder may import beside itself and packages.
const FEATURES = ['network', 'edge', 'gateway', 'trust', 'detect', 'files'];
const MAY_IMPORT = {
  'lib/contract': [],
  'lib/private': ['lib/contract'],
  'lib/declaration': ['lib/private', 'lib/contract'],
  'lib/evidence': ['lib/contract', 'lib/private'],
  ...Object.fromEntries(FEATURES.map((feature) => [`lib/${feature}`, ['lib/declaration', 'lib/contract', 'lib/private']])),
  lib: [],
  runtime: ['lib/contract'],
  lambda: ['lib/contract', 'runtime'],
  service: ['lib/contract', 'runtime'],
  local: ['lib/contract', 'service'],
  assess: ['lib/contract', 'lib/evidence', 'runtime', 'local'],
};
const FOLDERS = ['lib', 'runtime', 'lambda', 'service', 'local', 'assess', 'bin', 'test', 'bench'];

function zone([target, allowed]) {
  const root = target.split('/')[0];
  const except = [target, ...allowed].filter((path) => path.startsWith(root)).map((path) => `./${path}`);
  return [
    { target: `./${target}`, from: `./${root}`, except: except.map((path) => path.replace(`./${root}`, '.')) },
    ...FOLDERS.filter((folder) => folder !== root && !allowed.some((path) => path === folder)).map((folder) => ({
      target: `./${target}`,
      from: `./${folder}`,
      except: allowed.filter((path) => path.startsWith(`${folder}/`)).map((path) => `.${path.slice(folder.length)}`),
    })),
  ];
}
const zones = Object.entries(MAY_IMPORT).flatMap(zone);

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'cdk.out/', 'node_modules/', '**/*.d.ts'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,mts,mjs}'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.dev.json' })] },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_$', argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['runtime/**/*.ts', 'lambda/**/*.ts', 'service/**/*.ts', 'lib/contract/**/*.ts', 'local/**/*.ts', 'assess/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-nag'], message: 'Run-time code never imports the CDK.' }] }],
    },
  },
  {
    files: ['lib/contract/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: '^[^.]', message: 'The contract imports nothing.' }] }],
    },
  },
);
