import { BodyLimits } from '../contract/body-limits';
import { demand } from '../private/refusal';

/** Properties of `ThreatProtection`: whole numbers of at least 1. */
export interface ThreatProtectionProps {
  /**
   * JSON objects and arrays, or XML elements, inside each other.
   *
   * @default 16
   */
  readonly depth?: number;
  /**
   * Members of one JSON object.
   *
   * @default 200
   */
  readonly objectMembers?: number;
  /**
   * Items of one JSON array.
   *
   * @default 1000
   */
  readonly arrayItems?: number;
  /**
   * Elements directly inside one XML element.
   *
   * @default 1000
   */
  readonly childElements?: number;
  /**
   * Attributes of one XML element, namespace declarations among them.
   *
   * @default 32
   */
  readonly attributes?: number;
  /**
   * Bytes of one JSON member name, XML element name or attribute name, as written.
   *
   * @default 128
   */
  readonly nameBytes?: number;
  /**
   * Bytes of one JSON text, XML text, attribute value or comment, as written.
   *
   * @default 8192
   */
  readonly textBytes?: number;
  /**
   * Characters of one JSON number.
   *
   * @default 32
   */
  readonly numberCharacters?: number;
}

/**
 * How involved the JSON and XML bodies of an API may be; `BodyLimit` says how large.
 *
 * A gateway cannot count nesting, so the service library refuses such bodies before a handler sees them. A `BackendFunction` is
 * told the limits; a backend behind `Backend.https()` has to be given them, which the report lists as not enforced.
 *
 * @example
 * import { ThreatProtection } from 'cdk-api-security';
 *
 * const strict = ThreatProtection.of({ depth: 6, arrayItems: 100 });
 */
export class ThreatProtection {
  /** These limits, and the defaults of the others. */
  public static of(props: ThreatProtectionProps): ThreatProtection {
    return new ThreatProtection(props);
  }

  /** The limits that were given. */
  public readonly limits: { [name: string]: number };

  private constructor(props: ThreatProtectionProps) {
    const given: BodyLimits = props;
    this.limits = Object.fromEntries(Object.entries(given).filter(([, limit]) => limit !== undefined));
    const wrong = Object.entries(this.limits).find(([, limit]) => !Number.isSafeInteger(limit) || limit < 1);
    demand('THREAT_PROTECTION', wrong === undefined, () => `${wrong?.[0]}: ${wrong?.[1]}`);
  }
}
