import { readAccessPolicies } from './cedar/read';
import { demand } from '../private/refusal';
import { fileFault, readText } from '../private/text-file';

/** One Cedar policy of an `AccessPolicies`. */
export interface AccessPolicy {
  /** Its `@id`: audit records and trust tokens name it. */
  readonly id: string;
  /** The policy as written, annotations included. */
  readonly text: string;
  /** Names of its `@obligation`, which a trust token carries to the service. */
  readonly obligations: string[];
  /** Where it was written, with its first line. */
  readonly source: string;
  /** Line of its first character. */
  readonly line: number;
}

/**
 * Cedar policies that decide over the operations of an API group or an API service, beside scopes.
 *
 * Where some are declared nothing is let through that no `permit` allows, that a `forbid` matches, or whose evaluation fails.
 * Policies of the group and of the service count as one set.
 *
 * @see https://docs.cedarpolicy.com
 */
export class AccessPolicies {
  /**
   * Policies of a file.
   *
   * @param file path of a `.cedar` file, relative to the working directory
   */
  public static fromFile(file: string): AccessPolicies {
    return new AccessPolicies(textOf(file), file);
  }

  /** Policies of a text. */
  public static fromText(text: string): AccessPolicies {
    return new AccessPolicies(text, 'text');
  }

  /** The policies in the order they are written. */
  public readonly policies: AccessPolicy[];

  private constructor(text: string, source: string) {
    this.policies = readAccessPolicies(text, source);
  }
}

function textOf(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    demand('CEDAR_FILE', false, () => fileFault(file, error));
  }
}
