import { Duration } from 'aws-cdk-lib';
import { demand } from '../private/refusal';
import { AccessTokenLifetime } from './access-token-lifetime';
import { Introspection } from './introspection';
import { TokenAlgorithm } from './token-algorithm';

/** Properties of `IdentityProvider`. */
export interface IdentityProviderProps {
  /** Exact `iss` of its access tokens, an https URL. */
  readonly issuer: string;
  /**
   * Where it publishes its keys.
   *
   * @default - read from the issuer's OpenID Connect discovery document
   */
  readonly jwksUri?: string;
  /**
   * Signature algorithms that are accepted, at least one; a token with another is refused.
   *
   * @default [TokenAlgorithm.PS256, TokenAlgorithm.ES256]
   */
  readonly algorithms?: TokenAlgorithm[];
  /**
   * Longest life of an access token; a token that claims more is refused.
   *
   * @default AccessTokenLifetime.atMost(Duration.minutes(5))
   */
  readonly accessTokenLifetime?: AccessTokenLifetime;
  /**
   * Clock difference that is forgiven, at most 30 seconds.
   *
   * @default Duration.seconds(5)
   */
  readonly clockSkew?: Duration;
  /**
   * How long its keys are used while it cannot be reached, 5 minutes to 24 hours.
   *
   * Every caller is served through an outage that is shorter. A key that it withdrew during one is accepted as long.
   *
   * @default Duration.hours(1)
   */
  readonly keysUsableThroughOutage?: Duration;
  /**
   * How authorizers ask it about access tokens that are no JWT.
   *
   * @default - only JWT access tokens (RFC 9068) are accepted
   */
  readonly introspection?: Introspection;
  /**
   * The provider holds test identities: production refuses it.
   *
   * @default false
   */
  readonly nonProduction?: boolean;
}

/** The OpenID Connect provider whose access tokens (RFC 9068) one environment accepts. */
export class IdentityProvider {
  /** Exact `iss` of its access tokens. */
  public readonly issuer: string;
  /** Where it publishes its keys; undefined when its discovery document says. */
  public readonly jwksUri?: string;
  /** Signature algorithms that are accepted. */
  public readonly algorithms: TokenAlgorithm[];
  /** Longest life of an access token. */
  public readonly accessTokenLifetime: AccessTokenLifetime;
  /** Clock difference that is forgiven. */
  public readonly clockSkew: Duration;
  /** How long its keys are used while it cannot be reached. */
  public readonly keysUsableThroughOutage: Duration;
  /** How authorizers ask it about access tokens that are no JWT; undefined where they are refused. */
  public readonly introspection?: Introspection;
  /** True when it holds test identities, so that production refuses it. */
  public readonly nonProduction: boolean;

  public constructor(props: IdentityProviderProps) {
    for (const url of [props.issuer, props.jwksUri ?? props.issuer]) {
      demand('HTTPS_ONLY', /^https:\/\/[^\s?#]+$/.test(url), () => `'${url}'`);
    }
    this.issuer = props.issuer;
    this.jwksUri = props.jwksUri;
    this.algorithms = props.algorithms ?? [TokenAlgorithm.PS256, TokenAlgorithm.ES256];
    this.accessTokenLifetime = props.accessTokenLifetime ?? AccessTokenLifetime.atMost(Duration.minutes(5));
    this.clockSkew = props.clockSkew ?? Duration.seconds(5);
    demand('TOKEN_ALGORITHMS', this.algorithms.length > 0, () => `none for '${props.issuer}'`);
    const skew = this.clockSkew.toSeconds({ integral: false });
    demand('CLOCK_SKEW', Number.isInteger(skew) && skew <= 30, () => this.clockSkew.toHumanString());
    this.keysUsableThroughOutage = props.keysUsableThroughOutage ?? Duration.hours(1);
    const outage = this.keysUsableThroughOutage.toSeconds({ integral: false });
    demand('KEYS_THROUGH_OUTAGE', Number.isInteger(outage) && outage >= 300 && outage <= 86_400, () => this.keysUsableThroughOutage.toHumanString());
    this.introspection = props.introspection;
    const { endpoint, otherHostReason } = props.introspection ?? {};
    demand('INTROSPECTION_HOST', endpoint === undefined || otherHostReason !== undefined || hostOf(endpoint) === hostOf(props.issuer), () => `'${endpoint}' for '${props.issuer}'`);
    this.nonProduction = props.nonProduction ?? false;
  }
}

/** Host and port of an https URL. */
function hostOf(url: string): string {
  return url.toLowerCase().split('/')[2] ?? '';
}
