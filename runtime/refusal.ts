import type { RefusalReason } from '../lib/contract/audit-record';

/** A credential that was looked at and found wanting. The message is the reason code and never quotes what was refused. */
export class Refusal extends Error {
  /** @param detail for operators; holds nothing that the caller sent */
  constructor(readonly reason: RefusalReason, readonly detail?: string) {
    super(reason);
    this.name = 'Refusal';
  }
}
