import { App, Stack, Stage } from 'aws-cdk-lib';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Construct } from 'constructs';
import { generatedFile, generatedFolder } from '../../../lib/private/generated-file';

function stackOf(app: App): Stack {
  return new Stack(new Stage(app, 'Test'), 'Stack');
}

test('names a file after its content', () => {
  const stack = stackOf(new App());
  expect(generatedFile(stack, 'one', '.json').objectKey).toMatch(/^[0-9a-f]{64}\.json$/);
  expect(generatedFile(stack, 'one', '.json').objectKey).toBe(generatedFile(stackOf(new App()), 'one', '.json').objectKey);
  expect(generatedFile(stack, 'two', '.json').objectKey).not.toBe(generatedFile(stack, 'one', '.json').objectKey);
});

test('writes into the cloud assembly, where the asset manifest finds it', () => {
  const app = new App();
  const { objectKey } = generatedFile(stackOf(app), '{"a":1}', '.json');
  const assembly = app.synth();
  expect(readFileSync(join(assembly.directory, `asset.${objectKey}`), 'utf8')).toBe('{"a":1}');
  const [nested] = readdirSync(assembly.directory).filter((name) => name.startsWith('assembly-'));
  const [manifest] = readdirSync(join(assembly.directory, nested!)).filter((name) => name.endsWith('.assets.json'));
  const { files } = JSON.parse(readFileSync(join(assembly.directory, nested!, manifest!), 'utf8')) as { files: Record<string, { source: { path: string } }> };
  const { source } = files[objectKey.replace('.json', '')]!;
  expect(existsSync(join(assembly.directory, nested!, source.path))).toBe(true);
});

test('names a folder after names and contents, whatever their order', () => {
  const stack = stackOf(new App());
  const key = (files: { [name: string]: string }): string => generatedFolder(stack, files).objectKey;
  expect(key({ a: '1', b: '2' })).toBe(key({ b: '2', a: '1' }));
  const contents: { [name: string]: string }[] = [{ a: '1', b: '2' }, { a: '12', b: '' }, { a: '1' }, { ab: '1', b: '2' }, { a: '2', b: '1' }];
  expect(new Set(contents.map(key)).size).toBe(contents.length);
});

test('needs an app or a stage to write into', () => {
  expect(() => generatedFile(new Construct(undefined as unknown as Construct, ''), 'one', '.json')).toThrow('inside an App or a Stage only');
});
