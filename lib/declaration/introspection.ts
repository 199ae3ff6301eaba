import { Duration } from 'aws-cdk-lib';
import { demand } from '../private/refusal';
import { recordedReason } from './recorded-reason';

/** Properties of `Introspection`. */
export interface IntrospectionProps {
  /** Client id as which the authorizers ask; a client of its own, that may do nothing else. */
  readonly clientId: string;
  /**
   * Name of the secret in Secrets Manager that holds the client's secret, in each environment's own account and Region.
   *
   * The team makes and rotates it; its value is the client secret, or a JSON object with a member `client_secret`. It is read at run time and is
   * in no template. A name must not end in a hyphen and six characters, which is how Secrets Manager ends ARNs.
   */
  readonly clientSecretName: string;
  /**
   * ARN of the key that encrypts the secret, in the Region of the environment.
   *
   * @default - the account's key for Secrets Manager, `aws/secretsmanager`
   */
  readonly clientSecretKeyArn?: string;
  /**
   * How long an answer is remembered, at most 5 minutes and never beyond the token's expiry.
   *
   * A revoked token is refused within this time. Zero asks at each request.
   *
   * @default Duration.seconds(30)
   */
  readonly cacheFor?: Duration;
}

/**
 * How authorizers ask the identity provider about access tokens that are no JWT (OAuth 2.0 Token Introspection, RFC 7662).
 *
 * The answer has to name an audience, an issue time, an expiry, a client and the token type `Bearer`, and is held to every rule that
 * holds for JWT access tokens. A token in the form of a JWT is never introspected.
 */
export class Introspection {
  /** At an endpoint on the issuer's own host, an https URL. */
  public static at(endpoint: string, props: IntrospectionProps): Introspection {
    return new Introspection(endpoint, undefined, props);
  }

  /**
   * At an endpoint on another host than the issuer's, for a recorded reason: tokens and the client's secret are sent there.
   *
   * Answers must name the issuer.
   *
   * @param reason who accepted what risk, and why: at least 10 characters, shown in the evidence
   */
  public static onOtherHost(endpoint: string, reason: string, props: IntrospectionProps): Introspection {
    return new Introspection(endpoint, recordedReason(reason), props);
  }

  /** Client id as which the authorizers ask. */
  public readonly clientId: string;
  /** Name of the secret that holds the client's secret. */
  public readonly clientSecretName: string;
  /** ARN of the key that encrypts the secret; undefined where that is the account's key for Secrets Manager. */
  public readonly clientSecretKeyArn?: string;
  /** How long an answer is remembered. */
  public readonly cacheFor: Duration;

  private constructor(
    /** Where tokens are introspected. */
    public readonly endpoint: string,
    /** Why the endpoint may be on another host than the issuer's; undefined when it may not. */
    public readonly otherHostReason: string | undefined,
    props: IntrospectionProps,
  ) {
    demand('HTTPS_ONLY', /^https:\/\/[A-Za-z0-9.:-]+\/[^\s?#@\\]*$/.test(endpoint) && URL.canParse(endpoint), () => `'${endpoint}'`);
    demand('INTROSPECTION_CLIENT', /^[\x21-\x7E]{1,256}$/.test(props.clientId), () => `'${props.clientId}'`);
    demand('INTROSPECTION_SECRET', /^[A-Za-z0-9/_+=.@-]{1,512}$/.test(props.clientSecretName) && !/-[A-Za-z0-9]{6}$/.test(props.clientSecretName), () => `'${props.clientSecretName}'`);
    const key = props.clientSecretKeyArn;
    demand('INTROSPECTION_KEY', key === undefined || /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(key), () => `'${key}'`);
    this.clientId = props.clientId;
    this.clientSecretName = props.clientSecretName;
    this.clientSecretKeyArn = key;
    this.cacheFor = props.cacheFor ?? Duration.seconds(30);
    const seconds = this.cacheFor.toSeconds({ integral: false });
    demand('INTROSPECTION_CACHE', Number.isInteger(seconds) && seconds <= 300, () => this.cacheFor.toHumanString());
  }
}
