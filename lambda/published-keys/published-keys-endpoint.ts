import type { APIGatewayProxyResult } from 'aws-lambda';
import { PROBLEM_MEDIA_TYPE, PROBLEMS } from '../../lib/contract/problem';
import { SECURITY_HEADERS } from '../../lib/contract/security-headers';
import { PUBLISHED_KEY_SECONDS } from '../../lib/contract/signing-key';
import { seconds, type Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { Refreshed } from '../../runtime/refreshed';
import { keysInUse, parsePublishedKeys } from '../published-key-set';

const FRESHNESS = { freshSeconds: PUBLISHED_KEY_SECONDS.served, staleSeconds: PUBLISHED_KEY_SECONDS.stale, retrySeconds: 1 };

/** Serves the public keys of the trust tokens as a JWK Set (RFC 7517 section 8.5). */
export class PublishedKeysEndpoint {
  private readonly published: Refreshed<string>;

  /**
   * @param read value of the published keys secret
   * @param onFailure told of each failed read, also where an older value still serves
   * @param fewest keys that a good value holds; 0 where all can be revoked, which verifiers have to learn
   */
  constructor(read: () => Promise<string | undefined>, private readonly clock: Clock, onFailure?: (failure: DependencyFailure) => void, fewest = 1) {
    const load = async (): Promise<string> => {
      const value = await read() ?? '';
      if ((parsePublishedKeys(value)?.length ?? -1) < fewest) {
        throw new DependencyFailure('published keys secret', 'holds no keys');
      }
      return value;
    };
    this.published = new Refreshed('published keys secret', load, FRESHNESS, clock, onFailure);
  }

  /** The key set; 503 without a reason where it cannot be read. */
  async answer(): Promise<APIGatewayProxyResult> {
    try {
      const keys = keysInUse(parsePublishedKeys(await this.published.value()) ?? [], seconds(this.clock));
      return {
        statusCode: 200,
        headers: { ...SECURITY_HEADERS, 'Content-Type': 'application/jwk-set+json', 'Cache-Control': `public, max-age=${PUBLISHED_KEY_SECONDS.fresh}` },
        body: JSON.stringify({ keys }),
      };
    } catch {
      return {
        statusCode: PROBLEMS.serviceUnavailable.status,
        headers: { ...SECURITY_HEADERS, 'Content-Type': PROBLEM_MEDIA_TYPE, 'Retry-After': '5' },
        body: JSON.stringify(PROBLEMS.serviceUnavailable),
      };
    }
  }
}
