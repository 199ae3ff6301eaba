import type { Clock } from '../../runtime/clock';
import { isJsonObject, type JsonObject } from '../../runtime/json';

/** Asks for one page of the policies of a store. @throws DependencyFailure */
type PageReader = (input: { readonly policyStoreId: string; readonly maxResults: number; readonly nextToken?: string }) => Promise<JsonObject>;

interface Listing {
  readonly descriptions: Promise<ReadonlyMap<string, string>>;
  readonly time: number;
}

const PAGE = 50;
/** A store holds 200,000 bytes of policies and no policy is shorter than 40: pages beyond this are a loop. */
const MOST_PAGES = 100;
const AGE_MILLISECONDS = 5000;

/**
 * What policies in policy stores say of themselves, by the ids that the service chose for them.
 *
 * A store is listed when one of its policies has decided for the first time, and once more, five seconds later at the earliest, when
 * one decides that was not listed.
 */
export class StoredPolicies {
  private readonly listings = new Map<string, Listing>();

  constructor(private readonly read: PageReader, private readonly clock: Clock) {}

  /** Descriptions in the order of the ids; undefined for one that the store does not list. */
  async names(store: string, ids: readonly string[]): Promise<(string | undefined)[]> {
    if (ids.length === 0) {
      return [];
    }
    const listed = this.listings.get(store);
    const known = await (listed ?? this.listed(store)).descriptions;
    const stale = listed !== undefined && this.clock() - listed.time >= AGE_MILLISECONDS;
    const descriptions = stale && ids.some((id) => !known.has(id)) ? await this.listed(store).descriptions : known;
    return ids.map((id) => descriptions.get(id));
  }

  /** Requests that come at once share one listing; one that failed is forgotten. */
  private listed(store: string): Listing {
    const listing = { descriptions: this.pages(store), time: this.clock() };
    this.listings.set(store, listing);
    listing.descriptions.catch(() => {
      if (this.listings.get(store) === listing) {
        this.listings.delete(store);
      }
    });
    return listing;
  }

  private async pages(policyStoreId: string): Promise<ReadonlyMap<string, string>> {
    const descriptions = new Map<string, string>();
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await this.read({ policyStoreId, maxResults: PAGE, ...(nextToken !== undefined && { nextToken }) });
      for (const policy of Array.isArray(answer.policies) ? answer.policies as unknown[] : []) {
        const { policyId, definition } = isJsonObject(policy) ? policy : {};
        const { description } = isJsonObject(definition) && isJsonObject(definition.static) ? definition.static : {};
        if (typeof policyId === 'string' && typeof description === 'string') {
          descriptions.set(policyId, description);
        }
      }
      if (typeof answer.nextToken !== 'string') {
        break;
      }
      nextToken = answer.nextToken;
    }
    return descriptions;
  }
}
