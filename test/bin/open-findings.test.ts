import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'findings-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

/** What a team writes, with one more line in the stage. */
const app = (line: string): string => `
const { App, CfnResource, Stack } = require('${root}/node_modules/aws-cdk-lib');
const { Bucket } = require('${root}/node_modules/aws-cdk-lib/aws-s3');
const { ApiGroup, ApiSecurity, ApiService, Backend, Classification, Consumer, Environment, Exposure, HttpMethod, IdentityProvider, Operation, Scopes, SecurityDomain } = require('${root}');
const bank = new ApiSecurity(new App(), 'Bank', {
  environments: [Environment.production({ account: '333333333333', region: 'ap-southeast-2', domainName: 'bank.example', identityProvider: new IdentityProvider({ issuer: 'https://id.bank.example' }) })],
  securityDomains: [SecurityDomain.public({ consumers: [Consumer.browser('web-bank')] })],
  groups: [new ApiGroup('accounts', { services: [new ApiService('accounts', {
    owner: 'Accounts', classification: Classification.OFFICIAL, approvedExposure: [Exposure.PUBLIC], backend: Backend.https('https://accounts.{domainName}'),
    operations: [new Operation({ method: HttpMethod.GET, path: '/accounts', scopes: Scopes.allOf('accounts:read') })],
  })] })],
});
${line}
`;

/** Runs the CDK's command line as the README says: without naming a stack. */
function synth(line: string): { status: number | null; output: string } {
  writeFileSync(join(folder, 'app.js'), app(line));
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ app: `"${process.execPath}" app.js`, context: { '@aws-cdk/core:validateAgainstDefaultRules': true, '@aws-cdk/core:defaultCrossStackReferences': 'strong' } }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/aws-cdk/bin/cdk'), 'synth', '-q'], { cwd: folder, encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'true' } });
  return { status, output: stdout + stderr };
}

test('passes an app without findings', () => {
  expect(synth('')).toMatchObject({ status: 0 });
}, 60_000);

test('fails cdk synth on a finding inside a stage, which the command line itself passes over, and names place and rule', () => {
  const { status, output } = synth("new Bucket(new Stack(bank.stages[0], 'Mine'), 'Open');");
  expect(status).toBe(1);
  expect(output).toMatch(/\d+ findings that nobody acknowledged:\n {2}Production\/Mine\/Open\/Resource: AwsSolutions-S1 /);
}, 60_000);

test('fails it on what CloudFormation itself would refuse as well', () => {
  expect(synth("new CfnResource(new Stack(bank.stages[0], 'Mine'), 'Wrong', { type: 'AWS::S3::Bucket', properties: { NoSuchProperty: 1 } });")).toMatchObject({ status: 1, output: expect.stringContaining('Production/Mine/Wrong: ') });
}, 60_000);
