import { fileFault, readText } from '../../../lib/private/text-file';
import { written } from '../../fixtures/openapi/written';

/** What is said of a file that cannot be read. */
function faultOf(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    return fileFault(file, error);
  }
}

test('reads UTF-8', () => {
  expect(readText(written('text.txt', 'größer'))).toBe('größer');
});

test.each([
  ['no such file, relative to the working directory', 'certs/nope.pem'],
  ['no such file, relative to the working directory', 'package.json/nope.pem'],
  ['no such file', '/nope/nope.pem'],
  ['a directory', 'test/fixtures'],
  ['not UTF-8', () => written('text.txt', Uint8Array.of(0xff, 0xfe))],
  ['not readable', 'nope\u0000.pem'],
])('says %s', (fault, file) => {
  const name = typeof file === 'string' ? file : file();
  expect(faultOf(name)).toBe(`'${name}': ${fault}`);
});
