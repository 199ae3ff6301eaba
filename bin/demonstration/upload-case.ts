/** One upload of the demonstration: what a customer says it is, what it is, and what must come of it. */
export interface UploadCase {
  readonly title: string;
  /** Media type that the form is asked for. */
  readonly type: string;
  readonly content: Buffer;
  /** Size that the form is asked for. @default - that of the content */
  readonly size?: number;
  /** Fields of the form that the customer changes or adds. */
  readonly fields?: { readonly [name: string]: string };
  readonly expected: UploadOutcome;
}

/** `released`: its owner can download it. `quarantined`: it was taken and can never be read. Otherwise what refused it. */
export type UploadOutcome = 'released' | 'quarantined' | `form ${number}` | `bucket ${number}`;
