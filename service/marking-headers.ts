import { MARKING_HEADER, markingOf, SECURITY_CLASSIFICATIONS } from '../lib/contract/protective-marking';
import type { TrustTokenClaims } from '../lib/contract/trust-token';

/** The protective marking of an answer, where the API has one: its own classification, whatever the request was marked with. */
export function markingHeaders({ tctx: { classification } }: TrustTokenClaims): Readonly<Record<string, string>> {
  const known = SECURITY_CLASSIFICATIONS.find((literal) => literal === classification);
  return known === undefined ? {} : { [MARKING_HEADER]: markingOf(known) };
}
