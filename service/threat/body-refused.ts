import { PROBLEMS, type Problem } from '../../lib/contract/problem';

/**
 * A body that the service does not accept.
 *
 * `threat` is for the service's own log, and the message never quotes the body; `problem` is all that the caller may learn (RFC 9457).
 */
export class BodyRefused extends Error {
  readonly problem: Problem;

  constructor(kind: string, readonly threat: string) {
    super(`${kind} body refused: ${threat}`);
    this.name = 'BodyRefused';
    this.problem = threat === 'bodyBytes' ? PROBLEMS.contentTooLarge : PROBLEMS.badRequest;
  }
}
