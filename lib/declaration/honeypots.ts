import { Duration } from 'aws-cdk-lib';
import { demand } from '../private/refusal';
import { AddressRanges } from './address-ranges';
import { Canary } from './canary';
import { HoneypotPath } from './honeypot-path';
import { checkUnique } from './name';

/** Most of each: they are part of every decision of the web ACL. */
const MOST = 20;

/** Properties of `Honeypots`. */
export interface HoneypotsProps {
  /**
   * Paths that no API has, each answered as an operation that needs a token.
   *
   * @default - `/admin/users/export`, `/internal/customers/export`, and `/SERVICE-archive/export` for up to three services of the domain
   */
  readonly paths?: HoneypotPath[];
  /**
   * Credentials that no consumer has.
   *
   * @default - none
   */
  readonly canaries?: Canary[];
  /**
   * How long the address of a caller who hits a honeypot or presents a canary API key is blocked in this domain, 10 minutes to 24 hours.
   *
   * The address is that of the connection, never one that a header names. Many people may share it (carrier-grade NAT, offices,
   * proxies), and all of them are blocked: leave it out unless that is better than what a caller may find.
   *
   * @default - nobody is blocked, a hit alarms
   */
  readonly blockFor?: Duration;
  /**
   * Networks that are never blocked, beside those that consumers of the domain call from and the environment's own way out.
   *
   * @default - no other
   */
  readonly neverBlock?: AddressRanges;
}

/** Honeypots and canary credentials of a security domain: nobody has an honest reason to use them, so one use alarms at once. */
export class Honeypots {
  /** Honeypots with these properties. */
  public static of(props: HoneypotsProps = {}): Honeypots {
    return new Honeypots(props);
  }

  /** Paths as declared; undefined where the defaults hold. */
  public readonly paths?: HoneypotPath[];
  /** Credentials that no consumer has. */
  public readonly canaries: Canary[];
  /** How long an address is blocked; undefined where none is. */
  public readonly blockFor?: Duration;
  /** Further networks that are never blocked. */
  public readonly neverBlock?: AddressRanges;

  private constructor(props: HoneypotsProps) {
    this.paths = props.paths;
    this.canaries = props.canaries ?? [];
    this.blockFor = props.blockFor;
    this.neverBlock = props.neverBlock;
    demand('HONEYPOT_PATH', props.paths === undefined || (props.paths.length > 0 && props.paths.length <= MOST), () => `${props.paths?.length} paths`);
    checkUnique('honeypot paths', (props.paths ?? []).map(({ path }) => path));
    demand('CANARY', this.canaries.length <= MOST, () => `${this.canaries.length} canaries`);
    checkUnique('canary clients', this.canaryClients);
    checkUnique('canary API keys', this.canaryApiKeys);
    const minutes = props.blockFor?.toMinutes({ integral: false });
    demand('HONEYPOT_BLOCK', minutes === undefined || (Number.isInteger(minutes) && minutes >= 10 && minutes <= 24 * 60), () => `${props.blockFor?.toHumanString()}`);
    demand('HONEYPOT_BLOCK', props.neverBlock === undefined || props.blockFor !== undefined, () => 'neverBlock without blockFor', 'blockFor beside it, or neither');
  }

  /** Client ids that no consumer has. */
  public get canaryClients(): string[] {
    return this.canaries.filter(({ isApiKey }) => !isApiKey).map(({ name }) => name);
  }

  /** Names of API keys that no consumer has. */
  public get canaryApiKeys(): string[] {
    return this.canaries.filter(({ isApiKey }) => isApiKey).map(({ name }) => name);
  }
}
