/** The three control lists of the pattern: what a control is applied to. */
export enum Asset {
  API_SERVICE = 'API Service',
  API_GATEWAY = 'API Gateway',
  API_LIFECYCLE = 'API Lifecycle',
}

/** Where a row stands. */
export enum ControlState {
  IMPLEMENTED = 'implemented',
  PARTLY_IMPLEMENTED = 'partly implemented',
  NOT_IMPLEMENTED = 'not implemented',
  COMPENSATED = 'compensated',
  INHERITED = 'inherited',
  ORGANISATIONAL = 'organisational',
  RESCINDED = 'rescinded',
}

/** What became of a control since the pattern's release of the ISM. */
export enum ControlChange {
  UNCHANGED = 'unchanged',
  MEANING_CHANGED = 'meaning changed',
  RESCINDED = 'rescinded',
  ADDED = 'added',
}

/** A control of the ISM, in our own words. */
export interface Control {
  /** `ISM-0469`. */
  readonly id: string;
  /** Revision in the catalogue; none for a rescinded control. */
  readonly revision?: number;
  /** What the control asks for today. */
  readonly subject: string;
  readonly change: ControlChange;
  /** What changed, where the pattern's reader would be misled. */
  readonly changed?: string;
  /** Where the subject of a rescinded control lives on. */
  readonly successors?: readonly string[];
}

/** One control on one asset: what the pattern claims, and what must be visible for the claim to stand. */
export interface ControlRow {
  readonly control: string;
  readonly asset: Asset;
  /** What the pattern wants of this asset; none for a control that was added. */
  readonly intent?: string;
  readonly claim: ControlState;
  /** Ids of the checks that must hold in every environment. */
  readonly checks?: readonly string[];
  /** What is missing, for a partly implemented or not implemented row. */
  readonly missing?: readonly string[];
  /** Why the state is what it is: what the platform cannot, who inherits from whom, what people must do. */
  readonly because?: string;
  /** What stands in, for a compensated row. */
  readonly standsIn?: string;
}
