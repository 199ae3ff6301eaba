import { createHash, timingSafeEqual } from 'node:crypto';
import { API_KEY_HEADER, API_KEY_SECONDS } from '../../lib/contract/api-key';
import type { Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { Refreshed } from '../../runtime/refreshed';
import { Refusal } from '../../runtime/refusal';
import { isApiKey } from '../api-key-value';
import type { GatewayRequest } from './gateway-request';
import type { SecretReader } from './secret-reader';

/** Name of the dependency in failures. */
const API_KEY_SECRET = 'API key secret';

/** Shortest time between two reads of one secret that unknown keys ask for, in seconds: a flood of them costs one read. */
const UNKNOWN_KEY_PAUSE_SECONDS = 30;

/** SHA-256 of each key that is good now. */
type Digests = readonly Buffer[];

/**
 * The API keys of the consumers of one security domain, by the secret that holds them, kept in memory as digests.
 *
 * The current and the previous key are good, so that a consumer has one whole rotation period to change over. A key that is
 * not known is looked for once more, since it may be newer than what is held.
 */
export class ApiKeys {
  private readonly held = new Map<string, Refreshed<Digests>>();

  constructor(private readonly readerOf: (secretName: string) => SecretReader, private readonly clock: Clock, private readonly onFailure?: (failure: DependencyFailure) => void) {}

  /**
   * Refuses a request that does not bring a key of the consumer, in exactly one header.
   *
   * @param secretName a declared one, never what a caller sent: each is kept
   * @throws Refusal `api_key_missing`, `api_key_mismatch`; DependencyFailure
   */
  async require(secretName: string, request: GatewayRequest): Promise<void> {
    const [key, second] = request.header(API_KEY_HEADER);
    if (key === undefined) {
      throw new Refusal('api_key_missing');
    }
    // Two headers would let the gateway and whoever is behind it judge by different keys.
    if (second !== undefined || !isApiKey(key) || !await this.knows(secretName, sha256(key))) {
      throw new Refusal('api_key_mismatch');
    }
  }

  private async knows(secretName: string, digest: Buffer): Promise<boolean> {
    const keys = this.keysOf(secretName);
    return isAmong(digest, keys.fresh() ?? await keys.value()) || isAmong(digest, await keys.renewed(UNKNOWN_KEY_PAUSE_SECONDS));
  }

  private keysOf(secretName: string): Refreshed<Digests> {
    const known = this.held.get(secretName);
    const freshness = { freshSeconds: API_KEY_SECONDS.fresh, staleSeconds: API_KEY_SECONDS.stale, retrySeconds: 1 };
    const keys = known ?? new Refreshed(API_KEY_SECRET, () => load(this.readerOf(secretName)), freshness, this.clock, this.onFailure);
    if (!known) {
      this.held.set(secretName, keys);
    }
    return keys;
  }
}

async function load(read: SecretReader): Promise<Digests> {
  const [current = '', previous = ''] = await Promise.all([read('AWSCURRENT'), read('AWSPREVIOUS')]);
  if (!isApiKey(current)) {
    throw new DependencyFailure(API_KEY_SECRET, 'holds no API key');
  }
  // Before the second rotation the previous version is a placeholder, which must not open anything.
  return [current, previous].filter(isApiKey).map(sha256);
}

function sha256(key: string): Buffer {
  return createHash('sha256').update(key, 'latin1').digest();
}

// Every digest is compared, whichever matches.
function isAmong(digest: Buffer, digests: Digests): boolean {
  return digests.map((known) => timingSafeEqual(known, digest)).includes(true);
}
