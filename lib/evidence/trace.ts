import { compare, type Acknowledgement, type Assembly, type EnvironmentException } from './assembly';
import { BUNDLED_CATALOGUE, reviewOf, type Catalogue } from './catalogue';
import { evaluate, type CheckResult, type Qualifier } from './check';
import { CHECKS, QUALIFIERS } from './checks';
import { ControlState, type Control, type ControlRow } from './control';
import { CONTROLS } from './ism';
import { limits, type Limit } from './limit';
import { ROWS } from './rows';
import { THREATS, type Threat } from './threat';

/** A row with what the templates show for it. */
export interface RowTrace {
  readonly row: ControlRow;
  readonly control: Control;
  readonly state: ControlState;
  /** Every check holds in every environment, and at least one is about something that is there. */
  readonly holds: boolean;
  readonly results: readonly CheckResult[];
  /** What is missing: what the row says, and what the qualifiers of its checks find. */
  readonly missing: readonly string[];
  /** Set where the catalogue in use differs from the text that the claim was written against. */
  readonly review?: string;
}

/** A threat with the rows of the controls that answer it. */
export interface ThreatTrace {
  readonly threat: Threat;
  readonly mapped: readonly RowTrace[];
  readonly added: readonly RowTrace[];
}

/** Everything that the reports say. */
export interface Trace {
  readonly catalogue: Catalogue;
  readonly environments: readonly string[];
  readonly rows: readonly RowTrace[];
  readonly threats: readonly ThreatTrace[];
  readonly limits: readonly Limit[];
  readonly acknowledgements: readonly Acknowledgement[];
  readonly exceptions: readonly EnvironmentException[];
}

/** States that are claimed of the templates: they fall with the first check that fails. */
const CLAIMED = [ControlState.IMPLEMENTED, ControlState.PARTLY_IMPLEMENTED, ControlState.COMPENSATED];

/** Traces every control and threat to the templates of an assembly. */
export function trace(assembly: Assembly, catalogue: Catalogue = BUNDLED_CATALOGUE): Trace {
  const rows = traceRows(evaluateAll(assembly), catalogue);
  return {
    catalogue,
    environments: assembly.environments.map(({ name }) => name),
    rows,
    threats: THREATS.map((threat) => ({ threat, mapped: rowsOf(rows, threat.controls), added: rowsOf(rows, threat.added) })),
    limits: limits(assembly),
    acknowledgements: assembly.environments.flatMap(({ acknowledgements }) => acknowledgements).sort(byPlace),
    exceptions: assembly.environments.flatMap(({ exceptions }) => exceptions),
  };
}

/** Every check and qualifier of the catalogue, by id. */
export function evaluateAll(assembly: Assembly): ReadonlyMap<string, CheckResult> {
  return new Map([...CHECKS, ...QUALIFIERS.map(({ check }) => check)].map((check) => [check.id, evaluate(check, assembly)]));
}

/** The rows that follow from the checks. */
export function traceRows(results: ReadonlyMap<string, CheckResult>, catalogue: Catalogue = BUNDLED_CATALOGUE): readonly RowTrace[] {
  return ROWS.map((row) => {
    const control = named(CONTROLS.find(({ id }) => id === row.control), row.control);
    const own = (row.checks ?? []).map((id) => named(results.get(id), id));
    const holds = own.every((result) => result.holds) && (own.length === 0 || own.some(isAbout));
    const qualified = qualifications(own, results);
    const review = reviewOf(control, catalogue);
    return { row, control, state: stateOf(row, holds, qualified), holds, results: own, missing: [...(row.missing ?? []), ...qualified], ...(review === undefined ? {} : { review }) };
  });
}

/** The first check that fails takes a claim away; what a qualifier finds leaves part of it. */
function stateOf({ claim }: ControlRow, holds: boolean, qualified: readonly string[]): ControlState {
  if (!holds) return CLAIMED.includes(claim) ? ControlState.NOT_IMPLEMENTED : claim;
  return qualified.length > 0 && claim === ControlState.IMPLEMENTED ? ControlState.PARTLY_IMPLEMENTED : claim;
}

function qualifications(own: readonly CheckResult[], results: ReadonlyMap<string, CheckResult>): string[] {
  const qualifiers = new Set<Qualifier>(own.flatMap(({ check }) => check.qualifiedBy ?? []));
  return [...qualifiers].flatMap(({ check, missing }) => {
    const failing = named(results.get(check.id), check.id).environments.filter(({ holds }) => !holds).map(({ environment }) => environment);
    return failing.length === 0 ? [] : [`In ${failing.join(', ')}: ${missing}`];
  });
}

/** How many rows stand in each state. */
export function tally(rows: readonly RowTrace[]): ReadonlyMap<ControlState, number> {
  return new Map(Object.values(ControlState).map((state) => [state, rows.filter((row) => row.state === state).length]));
}

/** True where something that the row claims is not so; a row about what an app does not declare is not implemented, and no claim fell. */
export function isFallen({ holds, results }: RowTrace): boolean {
  return !holds && results.some((result) => !result.holds);
}

/** False where no environment has anything that the check is about: it says nothing then. */
function isAbout({ environments }: CheckResult): boolean {
  return environments.some(({ applicable }) => applicable);
}

function rowsOf(rows: readonly RowTrace[], controls: readonly string[]): RowTrace[] {
  return controls.flatMap((control) => rows.filter(({ row }) => row.control === control));
}

function byPlace(a: Acknowledgement, b: Acknowledgement): number {
  return compare(a.construct, b.construct) || compare(a.rule, b.rule);
}

function named<T>(found: T | undefined, id: string): T {
  if (found === undefined) throw new TypeError(`a row names ${id}, which is in no table`);
  return found;
}
