import { PUBLISHED_KEY_SECONDS } from '../lib/contract/signing-key';
import type { Clock } from './clock';
import { DependencyFailure } from './dependency-failure';
import type { DocumentReader } from './https-document';
import { parseJsonObject } from './json';
import { KeySet } from './key-set';
import { Refreshed, type Freshness } from './refreshed';
import type { SignatureAlgorithm, VerificationKey } from './verification-key';

/** Finds the key that a token names, at once where it is held; throws or rejects with `Refusal` or `DependencyFailure`. */
export interface KeySource {
  key(kid: string, alg: SignatureAlgorithm): VerificationKey | Promise<VerificationKey>;
}

/** Whose keys, and where they are. */
export interface RemoteKeysProps {
  /** `iss` of the issuer, an https URL. */
  readonly issuer: string;
  /** Where the keys are; when absent, what the issuer's discovery document says, which must be on the issuer's own host. */
  readonly jwksUri?: string;
  readonly read: DocumentReader;
  readonly clock: Clock;
  /** Age from which keys are read again. @default 300 */
  readonly freshSeconds?: number;
  /** How long keys are used while the issuer cannot be reached. @default 3600 */
  readonly usableThroughOutageSeconds?: number;
  /** Told of each failed read, also of those that callers do not notice. */
  readonly onFailure?: (failure: DependencyFailure) => void;
}

const FRESHNESS: Freshness = { freshSeconds: 300, staleSeconds: 3600, retrySeconds: 1 };

/** Shortest time between two reads that unknown key ids ask for, in seconds: a flood of them costs the issuer one read. */
const UNKNOWN_KEY_PAUSE_SECONDS = PUBLISHED_KEY_SECONDS.unknownKeyPause;

/**
 * The published keys of one issuer.
 *
 * Kept in memory, read again before they are old while they serve, read again when a token names a key that is not there (so
 * that a rotated key is found), and used through an outage of the issuer for a bounded time.
 */
export class RemoteKeys implements KeySource {
  private readonly keys: Refreshed<KeySet>;

  /** @throws TypeError where issuer or jwksUri is not an https URL */
  constructor(private readonly props: RemoteKeysProps) {
    httpsUrl(props.issuer);
    if (props.jwksUri !== undefined) {
      httpsUrl(props.jwksUri);
    }
    const freshness = { ...FRESHNESS, freshSeconds: props.freshSeconds ?? FRESHNESS.freshSeconds, staleSeconds: props.usableThroughOutageSeconds ?? FRESHNESS.staleSeconds };
    this.keys = new Refreshed(props.issuer, () => this.load(), freshness, props.clock, props.onFailure);
  }

  key(kid: string, alg: SignatureAlgorithm): VerificationKey | Promise<VerificationKey> {
    const held = this.keys.fresh();
    return held?.has(kid) ? held.key(kid, alg) : this.awaited(kid, alg);
  }

  private async awaited(kid: string, alg: SignatureAlgorithm): Promise<VerificationKey> {
    const held = await this.keys.value();
    // Only who names a key that is not held waits for what such names ask for.
    const keys = held.has(kid) ? held : await this.keys.renewed(UNKNOWN_KEY_PAUSE_SECONDS);
    return keys.key(kid, alg);
  }

  private async load(): Promise<KeySet> {
    const url = this.props.jwksUri === undefined ? await this.discovered() : httpsUrl(this.props.jwksUri);
    return KeySet.parse(this.props.issuer, await this.props.read(url));
  }

  // OpenID Connect Discovery 1.0 section 4: the document must be the issuer's own, or it could lend us another issuer's keys.
  private async discovered(): Promise<URL> {
    const { issuer, read } = this.props;
    const document = await read(new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`));
    const metadata = discoveryDocument(document, issuer);
    if (metadata.issuer !== issuer) {
      throw new DependencyFailure(issuer, 'the discovery document names another issuer');
    }
    if (typeof metadata.jwks_uri !== 'string' || !URL.canParse(metadata.jwks_uri)) {
      throw new DependencyFailure(issuer, 'the discovery document names no keys');
    }
    const url = new URL(metadata.jwks_uri);
    if (url.protocol !== 'https:' || url.host !== new URL(issuer).host) {
      throw new DependencyFailure(issuer, 'the discovery document names keys on another host');
    }
    return url;
  }
}

function discoveryDocument(document: Buffer, issuer: string) {
  try {
    return parseJsonObject(document);
  } catch {
    throw new DependencyFailure(issuer, 'the discovery document is not a JSON object');
  }
}

function httpsUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new TypeError('an issuer and its keys have https URLs');
  }
  return url;
}
