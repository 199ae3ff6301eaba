/** Type of the metadata entry under which a stack carries the exceptions that its environment was granted. */
export const RECORDED_EXCEPTION = 'cdk-api-security:exception';

/** An opted-out protection: spelled in the declaration, and shown to whoever reviews the deployment. */
export interface RecordedException {
  /** Code of the rule that would have refused: `BODY_LIMIT`. */
  readonly rule: string;
  /** What the exception was granted to. */
  readonly subject: string;
  readonly reason: string;
}
