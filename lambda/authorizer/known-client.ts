import type { ClientPolicy } from '../../lib/contract/authorizer-configuration';
import { DependencyFailure } from '../../runtime/dependency-failure';
import type { PartnerAuthorities } from './partner-authorities';

/** The client with the certificates of its partner's private CAs; rejects with `DependencyFailure` while they cannot be read. */
export type KnownClient = (client: ClientPolicy) => Promise<ClientPolicy>;

/** @param onFailure told of each attempt to read the trust store that failed */
export function knownClient(authorities: Pick<PartnerAuthorities, 'known'>, onFailure: (failure: DependencyFailure) => void): KnownClient {
  return async (client) => {
    const known = await authorities.known(client);
    if (typeof known !== 'string') {
      return known;
    }
    const failure = new DependencyFailure('trust store', known);
    onFailure(failure);
    throw failure;
  };
}
