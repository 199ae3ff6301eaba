/** The environment variable that tells an API service how large and how involved its bodies may be: a JSON object of `BodyLimits`. */
export const BODY_LIMITS_VARIABLE = 'BODY_LIMITS';

/** The limits of bodies that a declaration may set; a limit that is absent is the service library's own. */
export interface BodyLimits {
  readonly bodyBytes?: number;
  readonly depth?: number;
  readonly objectMembers?: number;
  readonly arrayItems?: number;
  readonly childElements?: number;
  readonly attributes?: number;
  readonly nameBytes?: number;
  readonly textBytes?: number;
  readonly numberCharacters?: number;
}
