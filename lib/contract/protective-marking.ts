/** The header that carries a protective marking (Email Protective Marking Standard, annex B of the Protective Security Policy Framework). */
export const MARKING_HEADER = 'X-Protective-Marking';

/** The `SEC` literals, from the lowest up. */
export const SECURITY_CLASSIFICATIONS = ['UNOFFICIAL', 'OFFICIAL', 'OFFICIAL:Sensitive', 'PROTECTED', 'SECRET', 'TOP-SECRET'] as const;
export type SecurityClassification = (typeof SECURITY_CLASSIFICATIONS)[number];

/** What markings of this library's own begin with: the version of the standard, and the namespace of the Australian Government. */
const WRITTEN = 'VER=2018.6, NS=gov.au';

/** Value of the header that says a classification and nothing else. */
export function markingOf(classification: SecurityClassification): string {
  return `${WRITTEN}, SEC=${classification}`;
}

/** What an API asks of the markings of its requests. */
export interface MarkingPolicy {
  /** Highest classification that a request may carry: that of the API itself. */
  readonly ceiling: SecurityClassification;
  /** True where requests must be marked, which the gateway's validator sees to, and answers are. */
  readonly required?: true;
}
