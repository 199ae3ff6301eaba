import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readAssembly } from '../../../lib/evidence/assembly';
import { STACK_TYPE } from '../../../lib/evidence/stack-template';
import { writeFixture } from './fixture-assembly';

const scratch = mkdtempSync(join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function write(name: string, files: Record<string, unknown>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(scratch, name, path)), { recursive: true });
    writeFileSync(join(scratch, name, path), JSON.stringify(content));
  }
  return join(scratch, name);
}

const STACK = { type: 'aws:cloudformation:stack', environment: 'aws://111111111111/eu-west-1', displayName: 'Edge', properties: { templateFile: 'Edge.template.json' } };

test('reads every nested assembly as an environment, in the order of their names', () => {
  const { environments } = readAssembly(writeFixture(join(scratch, 'fixture')));
  expect(environments.map(({ name }) => name)).toEqual(['Production', 'Test']);
});

test('reads an app without nested assemblies as one environment', () => {
  const app = write('flat', { 'manifest.json': { artifacts: { Edge: STACK } }, 'Edge.template.json': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } });
  const [environment] = readAssembly(app).environments;
  expect(environment?.name).toBe('App');
  expect(environment?.resources.map(({ logicalId, type, stack }) => [logicalId, type, stack])).toEqual([['Edge', STACK_TYPE, 'Edge'], ['Topic', 'AWS::SNS::Topic', 'Edge']]);
});

test('reads the account and Region of a stack', () => {
  const [environment] = readAssembly(join(scratch, 'flat')).environments;
  expect(environment?.resources[0]?.properties).toMatchObject({ account: '111111111111', region: 'eu-west-1' });
});

test('reads nested stacks', () => {
  const app = write('nested', {
    'manifest.json': { artifacts: { Edge: STACK } },
    'Edge.template.json': { Resources: { Inner: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'Inner.template.json' } } } },
    'Inner.template.json': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
  });
  const [environment] = readAssembly(app).environments;
  expect(environment?.resources.find(({ logicalId }) => logicalId === 'Topic')).toMatchObject({ stack: 'Edge/Inner', template: 'Inner.template.json' });
});

test('reads acknowledgements from the manifest as well as from metadata files', () => {
  const metadata = (rule: string) => [{ type: 'aws:cdk:acknowledged-rules', data: { [rule]: 'why' } }, { type: 'aws:cdk:logicalId', data: 'Topic' }];
  const app = write('acknowledged', {
    'manifest.json': { artifacts: { Edge: { ...STACK, metadata: { '/Edge/Topic': metadata('Annotation::SNS2') }, additionalMetadataFile: 'Edge.metadata.json' } } },
    'Edge.template.json': { Resources: {} },
    'Edge.metadata.json': { '/Edge/Queue': metadata('Pack::SQS3') },
  });
  expect(readAssembly(app).environments[0]?.acknowledgements.map(({ construct, rule }) => [construct, rule])).toEqual([['Edge/Topic', 'SNS2'], ['Edge/Queue', 'Pack::SQS3']]);
});

test('reads the exceptions that a declaration records, and shows none where none is', () => {
  const exception = { rule: 'BODY_LIMIT', subject: 'API service loans', reason: 'files are scanned behind it' };
  const app = write('excepted', {
    'manifest.json': { artifacts: { Foundation: { ...STACK, metadata: { '/Foundation': [{ type: 'cdk-api-security:exception', data: exception }] } } } },
    'Edge.template.json': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
  });
  const [environment] = readAssembly(app).environments;
  expect(environment?.exceptions).toEqual([{ ...exception, environment: environment?.name }]);
  expect(environment?.resources[0]?.properties.$exceptions).toEqual({ BODY_LIMIT: ['API service loans'] });
  expect(readAssembly(join(scratch, 'fixture')).environments.flatMap(({ exceptions }) => exceptions)).toEqual([]);
});

test('sees the operations of an API that reach a service, apart from refusals and public keys', () => {
  const { environments } = readAssembly(join(scratch, 'fixture'));
  const api = environments[0]?.resources.find(({ logicalId }) => logicalId === 'PublicApi');
  expect((api?.properties.$operations as { $path: string; $method: string }[]).map(({ $path, $method }) => [$method, $path])).toEqual([['get', '/accounts']]);
});

test('refuses an assembly without a stack', () => {
  const app = write('empty', { 'manifest.json': { artifacts: {} } });
  expect(() => readAssembly(app)).toThrow(`EVIDENCE_ASSEMBLY: evidence is computed from a synthesized cloud assembly, got ${app} without a stack; write --app with`);
});
