import { resolve } from 'path';
import { packagedFile } from '../../../lib/private/packaged-file';

test('finds what the build leaves in dist', () => {
  expect(packagedFile('openapi/yaml.js')).toBe(resolve(__dirname, '../../../dist/openapi/yaml.js'));
});

test('says what to run when a file was not built', () => {
  expect(() => packagedFile('handlers/missing')).toThrow(new Error('dist/handlers/missing is missing; run npm run build'));
});
