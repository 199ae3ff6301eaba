import { SIGNING_KEY_SECONDS } from '../../lib/contract/signing-key';
import { TRUST_TOKEN_TYPE } from '../../lib/contract/trust-token';
import { seconds, type Clock } from '../../runtime/clock';
import { DependencyFailure } from '../../runtime/dependency-failure';
import { Refreshed } from '../../runtime/refreshed';
import { TokenSigner } from '../../runtime/token-signer';
import { parseSigningKey } from '../signing-key-value';
import type { SecretReader } from './secret-reader';

const NAME = 'signing key secret';

interface Signers {
  readonly current: TokenSigner;
  /** Signs until the current key may. */
  readonly previous?: { readonly signer: TokenSigner; readonly until: number };
}

/**
 * The key that signs trust tokens, kept in memory.
 *
 * A rotated key has to be published for a while before it signs; until then the previous one does, so that no verifier meets
 * a key it cannot know.
 */
export class SigningKeys {
  private readonly signers: Refreshed<Signers>;

  constructor(private readonly read: SecretReader, private readonly clock: Clock, onFailure?: (failure: DependencyFailure) => void) {
    const freshness = { freshSeconds: SIGNING_KEY_SECONDS.fresh, staleSeconds: SIGNING_KEY_SECONDS.stale, retrySeconds: 1 };
    this.signers = new Refreshed(NAME, () => this.load(), freshness, clock, onFailure);
  }

  /** @throws DependencyFailure where there is no key: never read, not read for too long, or not rotated for the first time */
  async signer(): Promise<TokenSigner> {
    const { current, previous } = this.signers.fresh() ?? await this.signers.value();
    return previous && seconds(this.clock) < previous.until ? previous.signer : current;
  }

  private async load(): Promise<Signers> {
    const key = parseSigningKey(await this.read('AWSCURRENT') ?? '');
    const current = key && signer(key);
    if (!key || !current) {
      throw new DependencyFailure(NAME, 'holds no signing key');
    }
    const until = key.notBefore ?? 0;
    const previousKey = until > seconds(this.clock) ? parseSigningKey(await this.read('AWSPREVIOUS') ?? '') : undefined;
    const previous = previousKey && signer(previousKey);
    return { current, ...(previous && { previous: { signer: previous, until } }) };
  }
}

function signer(key: { readonly privateKey: string; readonly kid: string }): TokenSigner | undefined {
  try {
    return new TokenSigner(key.privateKey, key.kid, TRUST_TOKEN_TYPE);
  } catch {
    return undefined;
  }
}
