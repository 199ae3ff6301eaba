import { CodedRefusal } from '../contract/coded-refusal';

/** Every rule that an assembly, a catalogue or an output directory can break. Codes are public contract. */
export const EVIDENCE_ERRORS = {
  EVIDENCE_ASSEMBLY: { rule: 'evidence is computed from a synthesized cloud assembly', write: '--app with the directory that `npx cdk synth -q` wrote, such as cdk.out' },
  EVIDENCE_CATALOGUE: { rule: 'a control catalogue is an OSCAL catalog in JSON with ISM control ids', write: '--catalogue with the ISM_catalog.json of an ISM release' },
  EVIDENCE_DATE: { rule: 'the last-modified date of the evidence is an RFC 3339 timestamp with a time zone', write: "'2025-12-09T00:00:00Z'" },
  EVIDENCE_FILE: { rule: 'every file that a cloud assembly names is there and readable', write: 'a fresh assembly with `npx cdk synth -q`' },
  EVIDENCE_OPTION: { rule: 'report takes --app, --out, --catalogue, --last-modified, --check and --help', write: '--help to see what each does' },
  EVIDENCE_OUTPUT: { rule: 'evidence is written into a directory', write: 'an output directory that does not exist yet or is a directory you may write to' },
} as const;

/** A code of the evidence error catalogue. */
export type EvidenceErrorCode = keyof typeof EVIDENCE_ERRORS;

/** Evidence that cannot be computed: the mistake is in the input. */
export class EvidenceError extends CodedRefusal {
  public constructor(code: EvidenceErrorCode, got: string) {
    super(code, EVIDENCE_ERRORS[code].rule, got, EVIDENCE_ERRORS[code].write);
  }
}

/** What went wrong underneath, in its own words; `instanceof` would miss errors of another realm. */
export function reasonOf(error: unknown): string {
  const { message } = Object(error) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}
