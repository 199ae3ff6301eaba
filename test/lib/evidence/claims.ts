import type { Assembly } from '../../../lib/evidence/assembly';
import { evaluate } from '../../../lib/evidence/check';
import { CHECKS } from '../../../lib/evidence/checks';
import { ControlState } from '../../../lib/evidence/control';
import { ROWS } from '../../../lib/evidence/rows';
import { evaluateAll, traceRows } from '../../../lib/evidence/trace';
import { mutations } from './mutation';

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
  });
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
