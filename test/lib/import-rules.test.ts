import { execFileSync } from 'child_process';
import { join } from 'path';

const ROOT = join(__dirname, '../..');

/** Runs in a process of its own: the configuration is an ECMAScript module. */
const LINT = `
import { ESLint } from 'eslint';
const eslint = new ESLint();
const results = [];
for (const [filePath, source] of JSON.parse((await import('node:fs')).readFileSync(0, 'utf8'))) {
  const [{ messages }] = await eslint.lintText("import * as imported from '" + source + "';\\nexport { imported };\\n", { filePath });
  results.push(messages.map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(JSON.stringify(results));
`;

const REFUSED: readonly [file: string, imported: string][] = [
  ['lib/edge/probe.ts', '../gateway/integration'],
  ['lib/gateway/probe.ts', '../trust/signing-key'],
  ['lib/trust/probe.ts', '../network/environment-network'],
  ['lib/network/probe.ts', '../detect/log-archive'],
  ['lib/detect/probe.ts', '../edge/web-acl-for-domain'],
  ['lib/edge/probe.ts', '../api-security'],
  ['lib/declaration/probe.ts', '../edge/web-acl-for-domain'],
  ['lib/declaration/openapi/probe.ts', '../../gateway/model'],
  ['lib/private/probe.ts', '../declaration/name'],
  ['lib/evidence/probe.ts', '../declaration/name'],
  ['lib/contract/probe.ts', '../private/refusal'],
  ['lib/contract/probe.ts', 'fs'],
  ['lib/contract/probe.ts', 'aws-cdk-lib'],
  ['lib/api-security.ts', '../lambda/authorizer/authorize'],
  ['lib/index.ts', '../service'],
  ['lib/trust/probe.ts', '../../lambda/authorizer/authorize'],
  ['lib/private/probe.ts', '../../runtime/clock'],
  ['lambda/authorizer/probe.ts', 'aws-cdk-lib'],
  ['lambda/authorizer/probe.ts', 'aws-cdk-lib/aws-lambda'],
  ['lambda/authorizer/probe.ts', '../../lib/private/refusal'],
  ['lambda/authorizer/probe.ts', '../../service'],
  ['runtime/probe.ts', '../lambda/authorizer/authorize'],
  ['runtime/probe.ts', 'constructs'],
  ['service/probe.ts', '../lambda/authorizer/authorize'],
  ['service/probe.ts', '../lib/declaration/scopes'],
  ['local/probe.ts', '../lib/gateway/rest-api-body'],
  ['local/probe.ts', '../lib'],
  ['local/probe.ts', '../lambda/authorizer/authorize'],
];

const ALLOWED: readonly [file: string, imported: string][] = [
  ['lib/edge/probe.ts', '../private/refusal'],
  ['lib/edge/probe.ts', '../declaration/security-domain'],
  ['lib/edge/probe.ts', '../contract/problem'],
  ['lib/edge/probe.ts', './web-acl-rule'],
  ['lib/edge/probe.ts', 'aws-cdk-lib/aws-wafv2'],
  ['lib/declaration/probe.ts', '../private/refusal'],
  ['lib/contract/probe.ts', './problem'],
  ['lib/probe.ts', './gateway/integration'],
  ['lambda/authorizer/probe.ts', '../../lib/contract/problem'],
  ['lambda/authorizer/probe.ts', '../../runtime/clock'],
  ['service/probe.ts', '../runtime/clock'],
  ['local/probe.ts', '../lib/contract/problem'],
  ['test/lib/probe.ts', '../../lib/gateway/integration'],
];

const faults = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', LINT], { cwd: ROOT, input: JSON.stringify([...REFUSED, ...ALLOWED]), encoding: 'utf8' })) as string[][];

test.each(REFUSED.map(([file, imported], index) => [file, imported, faults[index]!] as const))('refuses that %s imports %s', (_, __, found) => {
  expect([...new Set(found.map((rule) => rule.replace('import-x/', '')))]).toEqual([expect.stringMatching(/^(no-restricted-paths|no-restricted-imports)$/)]);
});

test.each(ALLOWED.map(([file, imported], index) => [file, imported, faults[REFUSED.length + index]!] as const))('lets %s import %s', (_, __, found) => {
  expect(found).toEqual([]);
});
