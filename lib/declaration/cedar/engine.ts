import { createRequire } from 'module';
import { CEDAR_FILES } from '../../contract/access-policy';
import { packagedFile } from '../../private/packaged-file';

/** A mistake as Cedar describes it; offsets are bytes of the UTF-8 text. */
export interface CedarError {
  readonly message: string;
  readonly help: string | null;
  readonly sourceLocations?: readonly { readonly label: string | null; readonly start: number; readonly end: number }[];
}

interface Failure {
  readonly type: 'failure';
  readonly errors: readonly CedarError[];
}

/** A mistake in one policy of a set. */
export interface PolicyError {
  readonly policyId: string;
  readonly error: CedarError;
}

/** A set of policies by id, as text. */
export interface PolicyTexts {
  readonly [id: string]: string;
}

/** What synthesis asks of Cedar's WebAssembly build. */
export interface CedarEngine {
  policySetTextToParts(text: string): Failure | { readonly type: 'success'; readonly policies: readonly string[]; readonly policy_templates: readonly string[] };
  policyToJson(policy: string): Failure | { readonly type: 'success'; readonly json: CedarPolicyJson };
  policyToText(policy: unknown): Failure | { readonly type: 'success'; readonly text: string };
  validate(call: { readonly schema: object; readonly policies: { readonly staticPolicies: PolicyTexts } }): Failure
    | { readonly type: 'success'; readonly validationErrors: readonly PolicyError[]; readonly validationWarnings: readonly PolicyError[] };
}

/** A policy in Cedar's JSON format, as far as its scope and annotations go. */
export interface CedarPolicyJson {
  readonly effect: 'permit' | 'forbid';
  readonly action: { readonly op: string; readonly entity?: EntityJson; readonly entities?: readonly EntityJson[] };
  readonly annotations?: { readonly [name: string]: string };
}

/** A literal entity of a policy. */
export interface EntityJson {
  readonly type: string;
  readonly id: string;
}

// Four megabytes, loaded when the first policy is declared: an app without policies pays nothing.
export function cedar(): CedarEngine {
  return createRequire(__filename)(packagedFile(`cedar/${CEDAR_FILES.module}`)) as CedarEngine;
}
