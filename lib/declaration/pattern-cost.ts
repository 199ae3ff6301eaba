import { Piece, Ranges, patternSyntax } from './pattern-syntax';

/** Steps that a pattern may cost with the worst text: some 0.2 s. */
export const MOST_STEPS = 1e8;
/** Longest text that a request line or its headers carry: 10,240 bytes of headers in total, and a URL of 8 KiB. */
export const LONGEST_VALUE = 8192;
/** Repetitions up to here are counted one by one; above, they cost what unlimited ones cost. */
const COUNTED = 100;
const MOST_PLACES = 2000;

/** Places in a pattern where a character is read, and where reading goes on from each: several times where several ways lead there. */
interface Automaton {
  readonly places: readonly Ranges[];
  readonly follow: readonly (readonly number[])[];
  readonly first: readonly number[];
}

interface Fragment {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly isOptional: boolean;
}

/**
 * True when a backtracking engine decides about every text of that length soon, whoever wrote the text (CWE-1333).
 *
 * The bound is proven, so a few patterns that would do are not among them; what cannot be read is not either.
 */
export function isAffordable(pattern: string, longest = LONGEST_VALUE): boolean {
  return isAffordableWithin(MOST_STEPS, pattern, Math.min(longest, LONGEST_VALUE));
}

/** The same for texts of any length, and for what one of several texts may cost. */
export function isAffordableWithin(mostSteps: number, pattern: string, longest: number): boolean {
  const syntax = patternSyntax(pattern);
  if (syntax === undefined) return false;
  const length = longest + 1;
  try {
    const steps = new Cost(new AutomatonBuilder(syntax), length).ofPlaces();
    // An engine tries a pattern that is not tied to the beginning from each character on.
    return steps * (isTied(syntax) ? 1 : length) <= mostSteps;
  } catch (error) {
    if (error instanceof Unbounded) return false;
    throw error;
  }
}

class Unbounded extends Error {}

function isTied(piece: Piece): boolean {
  if (piece.kind === 'start') return true;
  if (piece.kind === 'choice') return piece.parts.every(isTied);
  return piece.kind === 'sequence' && piece.parts.length > 0 && isTied(piece.parts[0]!);
}

/** Glushkov's construction, which keeps each way from place to place: two ways with the same text are what backtracking tries in turn. */
class AutomatonBuilder implements Automaton {
  public readonly places: Ranges[] = [];
  public readonly follow: number[][] = [];
  public readonly first: readonly number[];

  public constructor(syntax: Piece) {
    this.first = this.fragment(syntax).first;
  }

  private fragment(piece: Piece): Fragment {
    switch (piece.kind) {
      case 'set': return this.place(piece.ranges);
      case 'sequence': return piece.parts.reduce((before, part) => this.joined(before, this.fragment(part)), EMPTY);
      case 'choice': return this.alternatives(piece.parts.map((part) => this.fragment(part)));
      case 'repeat': return this.repeated(piece.part, piece.min, piece.max);
      default: return EMPTY;
    }
  }

  private place(ranges: Ranges): Fragment {
    if (this.places.length === MOST_PLACES) throw new Unbounded();
    const place = this.places.push(ranges) - 1;
    this.follow.push([]);
    return { first: [place], last: [place], isOptional: false };
  }

  private joined(left: Fragment, right: Fragment): Fragment {
    for (const place of left.last) this.follow[place]!.push(...right.first);
    return {
      first: left.isOptional ? [...left.first, ...right.first] : left.first,
      last: right.isOptional ? [...left.last, ...right.last] : right.last,
      isOptional: left.isOptional && right.isOptional,
    };
  }

  private alternatives(fragments: readonly Fragment[]): Fragment {
    const optional = fragments.filter(({ isOptional }) => isOptional).length;
    // Two ways to read nothing double the work at each repetition around them.
    if (optional > 1) throw new Unbounded();
    return { first: fragments.flatMap(({ first }) => first), last: fragments.flatMap(({ last }) => last), isOptional: optional > 0 };
  }

  private repeated(part: Piece, min: number, max: number): Fragment {
    if (min > COUNTED || (max > COUNTED && max < Infinity)) return this.repeated(part, Math.min(min, 1), Infinity);
    let fragment = EMPTY;
    for (let count = 0; count < min; count += 1) fragment = this.joined(fragment, this.fragment(part));
    if (max === Infinity) return this.joined(fragment, this.loop(part));
    let rest = EMPTY;
    for (let count = min; count < max; count += 1) rest = { ...this.joined(this.fragment(part), rest), isOptional: true };
    return this.joined(fragment, rest);
  }

  private loop(part: Piece): Fragment {
    const fragment = this.fragment(part);
    for (const place of fragment.last) this.follow[place]!.push(...fragment.first);
    return { ...fragment, isOptional: true };
  }
}

const EMPTY: Fragment = { first: [], last: [], isOptional: true };

/** Most steps from each place on, over texts of a length. */
class Cost {
  private readonly steps: number[] = [];
  private readonly component: number[] = [];

  public constructor(private readonly automaton: Automaton, private readonly length: number) {
    for (const component of components(automaton.follow)) this.add(component);
  }

  public ofPlaces(): number {
    return 1 + this.most(this.automaton.first);
  }

  // Components come in an order in which whatever they lead to is known already.
  private add(component: readonly number[]): void {
    const { follow } = this.automaton;
    for (const place of component) this.component[place] = component[0]!;
    const isLoop = component.length > 1 || follow[component[0]!]!.includes(component[0]!);
    let within = 0;
    let once = 0;
    for (const place of component) {
      const inside = follow[place]!.filter((next) => this.component[next] === component[0]);
      const outside = follow[place]!.filter((next) => this.component[next] !== component[0]);
      if (isLoop && this.overlap(inside)) throw new Unbounded();
      within = Math.max(within, this.most(outside, inside));
      once = Math.max(once, this.most(outside));
    }
    const steps = isLoop ? this.length * (1 + within) + once : 1 + once;
    for (const place of component) this.steps[place] = steps;
  }

  private overlap(places: readonly number[]): boolean {
    return this.edges(places).some((point) => places.filter((place) => this.reads(place, point)).length > 1);
  }

  /** The most steps that one character leads to; with companions, only of characters that one of them reads as well. */
  private most(places: readonly number[], companions?: readonly number[]): number {
    let most = 0;
    for (const point of this.edges([...places, ...(companions ?? [])])) {
      if (companions !== undefined && !companions.some((place) => this.reads(place, point))) continue;
      most = Math.max(most, places.reduce((sum, place) => sum + (this.reads(place, point) ? this.steps[place]! : 0), 0));
    }
    return most;
  }

  // What is read changes at the beginning of a range only.
  private edges(places: readonly number[]): number[] {
    return [...new Set(places.flatMap((place) => this.automaton.places[place]!.map(([first]) => first)))];
  }

  private reads(place: number, point: number): boolean {
    return this.automaton.places[place]!.some(([first, last]) => first <= point && point <= last);
  }
}

/** Strongly connected components (Tarjan), each after all that it leads to. */
function components(follow: readonly (readonly number[])[]): number[][] {
  const order: number[] = [];
  const low: number[] = [];
  const open: number[] = [];
  const closed = new Set<number>();
  const found: number[][] = [];
  let count = 0;
  const visit = (place: number): void => {
    low[place] = order[place] = count++;
    open.push(place);
    for (const next of new Set(follow[place])) {
      if (order[next] === undefined) visit(next);
      if (!closed.has(next)) low[place] = Math.min(low[place]!, low[next]!);
    }
    if (low[place] !== order[place]) return;
    const component = open.splice(open.indexOf(place));
    for (const member of component) closed.add(member);
    found.push(component);
  };
  for (let place = 0; place < follow.length; place += 1) if (order[place] === undefined) visit(place);
  return found;
}
