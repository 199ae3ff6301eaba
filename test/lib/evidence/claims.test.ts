import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../../lib/evidence/assembly';
import { evaluate } from '../../../lib/evidence/check';
import { CHECKS } from '../../../lib/evidence/checks';
import { ControlState } from '../../../lib/evidence/control';
import { controlReport } from '../../../lib/evidence/control-report';
import { markdown } from '../../../lib/evidence/markdown';
import { ROWS } from '../../../lib/evidence/rows';
import { evaluateAll, trace, traceRows } from '../../../lib/evidence/trace';
import { writeFixture } from './fixture-assembly';
import { mutations } from './mutation';

const CLAIMED: readonly string[] = [ControlState.IMPLEMENTED, ControlState.PARTLY_IMPLEMENTED, ControlState.COMPENSATED];
const FIXTURE = writeFixture(mkdtempSync(join(tmpdir(), 'claims-')));
afterAll(() => rmSync(FIXTURE, { recursive: true }));

/** The assemblies that every claim must stand and fall on: the fixture, and the reference deployment once it is synthesized. */
const ASSEMBLIES = [FIXTURE, process.env.EVIDENCE_ASSEMBLY ?? ''].filter((directory) => existsSync(join(directory, 'manifest.json')));

describe.each(ASSEMBLIES.map((directory) => [directory === FIXTURE ? 'the fixture' : directory, directory]))('on %s', (_, directory) => {
  const assembly = readAssembly(directory);
  const results = evaluateAll(assembly);

  test('every row stands as claimed', () => {
    const fallen = traceRows(results).filter(({ holds }) => !holds).map(({ row, results: own }) => [row.control, row.asset, own.filter(({ holds }) => !holds).map(({ check, environments }) => [check.id, environments.map(({ failure }) => failure)])]);
    expect(fallen).toEqual([]);
  });

  test.each(CHECKS.map((check) => [check.id, check] as const))('rows fall without %s', (id, check) => {
    const claiming = ROWS.filter(({ checks = [] }) => checks.includes(id));
    const all = mutations(check, assembly);
    expect(all.length).toBeGreaterThan(0);
    for (const { title, assembly: mutated } of all) {
      const result = evaluate(check, mutated);
      expect([title, result.holds]).toEqual([title, false]);
      const rows = traceRows(new Map([...results, [id, result]]));
      for (const claim of claiming) {
        const row = rows.find(({ row: candidate }) => candidate === claim);
        expect(row?.holds).toBe(false);
        expect(row?.results.filter(({ holds }) => !holds).map(({ check: failed }) => failed.id)).toEqual([id]);
        expect(row?.state).toBe(CLAIMED.includes(claim.claim) ? ControlState.NOT_IMPLEMENTED : claim.claim);
      }
    }
  });
});

test('a fallen row names its check, the environment and the property in the report', () => {
  const changed = writeFixture(mkdtempSync(join(tmpdir(), 'claims-')), (resources, environment) => {
    if (environment === 'Test') delete (resources.InternalApi as { Properties: { DisableExecuteApiEndpoint?: boolean } }).Properties.DisableExecuteApiEndpoint;
  });
  const text = markdown(controlReport(trace(readAssembly(changed))));
  rmSync(changed, { recursive: true });
  expect(text).toContain('[ISM-0628](#ism-0628-api-gateway) (API Gateway) was claimed as implemented');
  expect(text).toContain('`default-endpoint-disabled`\n    - Test fails: not so: DisableExecuteApiEndpoint is true\n      - Test/Edge: `InternalApi`');
});
