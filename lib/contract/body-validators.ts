/** The environment variable that names the file of a service's generated body validators; `BackendFunction` sets it. */
export const BODY_VALIDATORS_VARIABLE = 'BODY_VALIDATORS';

/** The file itself, in the layer that a `BackendFunction` puts beside its code. */
export const BODY_VALIDATORS_FILE = 'body-validators.js';

/** How a note on a schema ends where the gateway cannot check something and the generated validator does. */
export const BY_VALIDATOR = '; enforced only where the service uses the generated validator';

/** What a generated module exports. */
export interface BodyValidators {
  /** Raised when older service libraries could not read what is exported. */
  readonly version: 1;
  /** The API service whose operations these are. */
  readonly service: string;
  /**
   * Where in its schema a JSON body fails; undefined where it does not.
   *
   * An operation or a media type that the declaration has no body for is a failure as well. Of a type that is not JSON nothing but
   * that is checked, whatever the body.
   */
  bodyFault(operation: string, mediaType: string, body: unknown): string | undefined;
  /** True where a request without a body is none of the operation's. */
  requiresBody(operation: string): boolean;
}
