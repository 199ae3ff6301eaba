import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssemblyResource, EnvironmentAssembly } from '../../../local/assembly/environment-assembly';
import { withLayerFiles } from '../../../local/function/layer-files';

const folder = mkdtempSync(join(tmpdir(), 'layer-'));
writeFileSync(join(folder, 'body-validators.js'), '');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const resource = (reference: string, properties: object) => ({ reference, properties }) as unknown as AssemblyResource;
const assembly = {
  resources: () => [resource('Validators-1', { Content: { S3Bucket: 'assets', S3Key: 'validators.zip' } }), resource('Other-1', { Content: { S3Bucket: 'assets', S3Key: 'other.zip' } })],
  asset: (_bucket: string, key: string) => ({ path: key === 'validators.zip' ? folder : '/nowhere' }),
} as unknown as EnvironmentAssembly;
const VARIABLES = { BODY_VALIDATORS: '/opt/body-validators.js', OTHER: '/opt/other.js', TRUST_DOMAIN: 'test.example' };

test('finds the files of the layers of a function where their assets are', () => {
  const variables = withLayerFiles(assembly, resource('Rates', { Layers: ['arn:aws:lambda:ap-southeast-2:1:layer:elsewhere:1', 'Validators-1'] }), VARIABLES);
  expect(variables).toEqual({ ...VARIABLES, BODY_VALIDATORS: join(folder, 'body-validators.js') });
});

test('finds nothing in layers that a function does not have', () => {
  expect(withLayerFiles(assembly, resource('Rates', {}), VARIABLES)).toEqual(VARIABLES);
  expect(withLayerFiles(assembly, resource('Rates', { Layers: ['Other-1'] }), VARIABLES)).toEqual(VARIABLES);
});
