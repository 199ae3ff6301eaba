import type { RefusalReason } from '../lib/contract/audit-record';

/** A credential that was looked at and found wanting. The message is the reason code and never quotes what was refused. */
export class Refusal extends Error {
  constructor(readonly reason: RefusalReason) {
    super(reason);
    this.name = 'Refusal';
  }
}
