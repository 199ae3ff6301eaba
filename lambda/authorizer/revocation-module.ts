import type { RefusalReason } from '../../lib/contract/audit-record';
import type { RevocationPolicy } from '../../lib/contract/revocation-policy';
import type { Clock } from '../../runtime/clock';
import { httpsDocumentReader } from '../../runtime/https-document';
import { Refusal } from '../../runtime/refusal';
import type { ClientCertificate } from './client-certificate';
import { RevocationChecks, type StoredRevocation } from './revocation-checks';

/** Why a certificate is refused: a value, because a class of one bundle is another class in the next. */
export interface RevocationFault {
  readonly reason: RefusalReason;
  readonly detail?: string;
}

/** Asks of one certificate of a partner's client whether it is refused; nothing where it is not. One that nobody checks is, unless it is `notRevocable` by a recorded exception. */
export type RevocationQuestion = (certificate: ClientCertificate, partner: string | undefined, notRevocable?: boolean) => RevocationFault | Promise<RevocationFault | undefined> | undefined;

/** What a bundle of its own, which lies beside the handler only where revocation is declared, gives to the handler. */
export interface RevocationModule {
  readonly revocationQuestion: typeof revocationQuestion;
}

/** Some 25,000 entries: an authority that revokes more publishes partitions, which are not read. */
const LIST_BOUNDS = { timeoutMilliseconds: 3000, maxBytes: 1024 * 1024 };

/**
 * @param onFailure told of each list that could not be read or was not good
 * @param stored where a partner has a private CA
 */
export function revocationQuestion(policies: readonly RevocationPolicy[], clock: Clock, onFailure: (failure: Error) => void, stored?: StoredRevocation): RevocationQuestion {
  const checks = new RevocationChecks({ policies, stored, read: httpsDocumentReader(LIST_BOUNDS, {}, 'application/pkix-crl'), clock, onFailure });
  return (certificate, partner, notRevocable) => {
    try {
      return checks.requireUnrevoked(certificate, partner, notRevocable)?.then(() => undefined, fault);
    } catch (error) {
      return fault(error);
    }
  };
}

function fault(error: unknown): RevocationFault {
  if (error instanceof Refusal) {
    return { reason: error.reason, detail: error.detail };
  }
  throw error;
}
