import { readAssembly, type Assembly } from '../../../lib/evidence/assembly';
import { evaluate } from '../../../lib/evidence/check';
import { CHECKS, QUALIFIERS } from '../../../lib/evidence/checks';
import { ControlState } from '../../../lib/evidence/control';
import { ROWS } from '../../../lib/evidence/rows';
import { evaluateAll, traceRows } from '../../../lib/evidence/trace';
import { GATEWAY_CHANGES } from './hostile-change';
import { MESSAGE_CHANGES } from './hostile-message';
import { SURROUNDING_CHANGES } from './hostile-surroundings';
import { mutations } from './mutation';
import { TamperedAssembly } from './tampered-assembly';

const CLAIMED: readonly string[] = [ControlState.IMPLEMENTED, ControlState.PARTLY_IMPLEMENTED, ControlState.COMPENSATED];

/** Tests that every row of an assembly stands, and falls with each thing that it claims. */
export function describeClaims(name: string, assembly: () => Assembly): void {
  describe(name, () => {
    test('every row stands as claimed', () => {
      const fallen = traceRows(evaluateAll(assembly())).filter(({ holds }) => !holds).flatMap(({ row, results }) => results
        .filter(({ holds }) => !holds).map(({ check, environments }) => `${row.control} ${row.asset}: ${check.id}: ${environments.map(({ environment, failure }) => `${environment} ${failure ?? 'holds'}`).join('; ')}`));
      expect(fallen).toEqual([]);
    });

    test('every check is about something', () => {
      const idle = [...evaluateAll(assembly())].filter(([, { environments }]) => !environments.some(({ applicable }) => applicable));
      expect(idle.map(([id]) => id)).toEqual([]);
    });

    test.each(CHECKS.map(({ id }) => id))('rows fall without %s', (id) => fallWithout(id, assembly()));

    test.each(QUALIFIERS.map(({ check }) => check.id))('rows say what is missing without %s', (id) => qualifiedBy(id, assembly()));
  });
}

/** Tests that no change to the files of an assembly passes for evidence. */
export function describeHostileChanges(name: string, directory: () => string): void {
  describe(name, () => {
    test.each([...GATEWAY_CHANGES, ...SURROUNDING_CHANGES, ...MESSAGE_CHANGES])('rows fall with $title', ({ tamper, checks, rows }) => {
      const tampered = new TamperedAssembly(directory());
      try {
        tamper(tampered);
        const results = evaluateAll(readAssembly(directory()));
        const failed = CHECKS.filter(({ id }) => results.get(id)?.holds === false).map(({ id }) => id);
        expect(failed).toEqual(expect.arrayContaining([...checks]));
        expect(traceRows(results).filter(({ holds }) => !holds).map(({ row }) => `${row.control} ${row.asset}`)).toEqual(expect.arrayContaining([...rows]));
      } finally {
        tampered.restore();
      }
    });
  });
}

function qualifiedBy(id: string, assembly: Assembly): void {
  const { check, missing } = QUALIFIERS.find((candidate) => candidate.check.id === id) as (typeof QUALIFIERS)[number];
  for (const { title, assembly: mutated } of mutations(check, assembly)) {
    const result = evaluate(check, mutated);
    expect([title, result.holds]).toEqual([title, false]);
    const qualified = traceRows(new Map([...evaluateAll(assembly), [id, result]])).filter(({ results }) => results.some((one) => one.check.qualifiedBy?.some((qualifier) => qualifier.check.id === id)));
    expect(qualified.length).toBeGreaterThan(0);
    for (const row of qualified) {
      expect(row.missing.join(' ')).toContain(missing);
      expect(row.holds).toBe(true);
      expect(row.state).not.toBe(ControlState.IMPLEMENTED);
    }
  }
}

function fallWithout(id: string, assembly: Assembly): void {
  const results = evaluateAll(assembly);
  const check = CHECKS.find((candidate) => candidate.id === id) as (typeof CHECKS)[number];
  const changes = mutations(check, assembly);
  expect(changes.length).toBeGreaterThan(0);
  for (const { title, assembly: mutated } of changes) {
    const result = evaluate(check, mutated);
    expect([title, result.holds]).toEqual([title, false]);
    const claiming = traceRows(new Map([...results, [id, result]])).filter(({ row }) => row.checks?.includes(id));
    expect(claiming).toHaveLength(ROWS.filter(({ checks = [] }) => checks.includes(id)).length);
    for (const { row, state, holds, results: own } of claiming) {
      expect(holds).toBe(false);
      expect(own.filter((one) => !one.holds).map((one) => one.check.id)).toEqual([id]);
      expect(state).toBe(CLAIMED.includes(row.claim) ? ControlState.NOT_IMPLEMENTED : row.claim);
    }
  }
}
