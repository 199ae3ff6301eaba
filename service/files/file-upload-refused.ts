import { PROBLEMS, type Problem } from '../../lib/contract/problem';

/** Why no upload or download was signed. */
export type FileUploadRefusalReason = keyof typeof ANSWERS;

const ANSWERS = {
  type_not_allowed: PROBLEMS.unsupportedMediaType,
  size_not_allowed: PROBLEMS.contentTooLarge,
  checksum_malformed: PROBLEMS.badRequest,
  file_unknown: PROBLEMS.notFound,
} as const satisfies Readonly<Record<string, Problem>>;

/** An upload or a download that is not signed; `problem` is all that its caller may learn (RFC 9457). */
export class FileUploadRefused extends Error {
  readonly problem: Problem;

  constructor(readonly reason: FileUploadRefusalReason) {
    super(`file upload refused: ${reason}`);
    this.name = 'FileUploadRefused';
    this.problem = ANSWERS[reason];
  }
}
