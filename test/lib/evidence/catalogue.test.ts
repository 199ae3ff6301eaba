import { CHECKS, QUALIFIERS } from '../../../lib/evidence/checks';
import { matcherOf, type Condition } from '../../../lib/evidence/condition';
import { Asset, ControlChange, ControlState } from '../../../lib/evidence/control';
import { CONTROLS } from '../../../lib/evidence/ism';
import { ROWS } from '../../../lib/evidence/rows';
import { THREATS } from '../../../lib/evidence/threat';

const ids = (list: string) => list.trim().split(/\s+/).map((id) => `ISM-${id}`);

/** The pattern's control lists, control by control. */
const PATTERN: Readonly<Record<Asset, string[]>> = {
  [Asset.API_SERVICE]: ids('0120 0289 0400 0402 0469 0971 1182 1240 1241 1269 1424 1436 1536 1546 1579 1757 1817'),
  [Asset.API_GATEWAY]: ids('0120 0289 0469 0616 0628 0634 0649 0971 1037 1182 1284 1431 1435 1546 1552 1579 1775 1818'),
  [Asset.API_LIFECYCLE]: ids('0402 0469 0616 1182 1436 1597 1780'),
};

const ADDED = ids('1910 2015 2013 2014 1851 1911 2016 2057 2058 2051 2052 1405 1815 1959 1983 1984 1985 1988 1862 1139 1369 1453');

test.each(Object.values(Asset))('has a row for every control of the pattern on %s', (asset) => {
  const rows = ROWS.filter((row) => row.asset === asset && row.intent !== undefined).map(({ control }) => control);
  expect(rows).toEqual(expect.arrayContaining(PATTERN[asset]));
});

test('has a row for every control that came after the pattern', () => {
  expect(ROWS.filter(({ intent }) => intent === undefined).map(({ control }) => control)).toEqual(expect.arrayContaining(ADDED));
});

test('has one row per control and asset, each of a control it knows', () => {
  const keys = ROWS.map(({ control, asset }) => `${control} ${asset}`);
  expect(new Set(keys).size).toBe(keys.length);
  const known = CONTROLS.map(({ id }) => id);
  expect(new Set(known).size).toBe(known.length);
  expect(ROWS.filter(({ control }) => !known.includes(control))).toEqual([]);
});

test('says of every control but a rescinded one which revision it was read in', () => {
  expect(CONTROLS.filter(({ change, revision }) => (change === ControlChange.RESCINDED) === (revision !== undefined))).toEqual([]);
});

test('names an existing successor of every rescinded control, and traces it', () => {
  const successors = CONTROLS.filter(({ change }) => change === ControlChange.RESCINDED).flatMap((control) => control.successors ?? []);
  expect(successors).toEqual(['ISM-1431', 'ISM-1581', 'ISM-1911', 'ISM-0634']);
  expect(successors.filter((id) => !ROWS.some(({ control }) => control === id))).toEqual([]);
});

test('maps every threat to controls that have rows', () => {
  expect(THREATS.map(({ id }) => id)).toEqual(['TE-14', 'TE-24', 'TE-26', 'TE-29', 'TE-40']);
  expect(THREATS.flatMap(({ controls, added }) => [...controls, ...added]).filter((id) => !ROWS.some(({ control }) => control === id))).toEqual([]);
});

const { IMPLEMENTED, PARTLY_IMPLEMENTED, NOT_IMPLEMENTED, COMPENSATED, INHERITED, ORGANISATIONAL } = ControlState;

test.each([
  ['claims nothing without a check', [IMPLEMENTED, PARTLY_IMPLEMENTED, COMPENSATED], (row: (typeof ROWS)[number]) => (row.checks ?? []).length > 0],
  ['says what is missing', [PARTLY_IMPLEMENTED, NOT_IMPLEMENTED], (row: (typeof ROWS)[number]) => (row.missing ?? []).length > 0],
  ['says why', [COMPENSATED, INHERITED, ORGANISATIONAL], (row: (typeof ROWS)[number]) => row.because !== undefined],
  ['says what stands in', [COMPENSATED], (row: (typeof ROWS)[number]) => row.standsIn !== undefined],
])('%s', (_, states, holds) => {
  expect(ROWS.filter((row) => states.some((state) => state === row.claim) && !holds(row))).toEqual([]);
});

test('uses every check, and has each once', () => {
  const all = [...CHECKS, ...QUALIFIERS.map(({ check }) => check)].map(({ id }) => id);
  expect(new Set(all).size).toBe(all.length);
  expect(CHECKS.map(({ id }) => id).filter((id) => !ROWS.some(({ checks = [] }) => checks.includes(id)))).toEqual([]);
});

test('asks something of every check, with one matcher at every level', () => {
  const conditions = (list: readonly Condition[]): Condition[] => list.flatMap((one) => [one, ...conditions([...one.everyItem ?? [], ...one.someItem ?? [], ...one.refersTo ?? [], ...one.mentions ?? [], ...one.referencedBy?.that ?? [], ...(one.anyOf ?? []).flat()])]);
  for (const { that, where = [], quantifier } of [...CHECKS, ...QUALIFIERS.map(({ check }) => check)]) {
    expect(that.length > 0).toBe(quantifier !== 'none');
    for (const condition of conditions([...that, ...where])) expect(matcherOf(condition)).toBeDefined();
  }
});
