import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly, type Assembly } from '../../../lib/evidence/assembly';
import { describeClaims, describeHostileChanges } from './claims';

const directory = mkdtempSync(join(tmpdir(), 'reference-'));
let assembly: Assembly = { environments: [] };

beforeAll(() => {
  process.env.CDK_OUTDIR = directory;
  jest.requireActual('../../../bin/reference');
  assembly = readAssembly(directory);
});
afterAll(() => rmSync(directory, { recursive: true }));

describeClaims('on the reference deployment', () => assembly);
describeHostileChanges('in the files of the reference deployment', () => directory);
