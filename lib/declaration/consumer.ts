import { hasUser, TRUSTED_APPLICATION } from '../contract/client-type';
import { demand } from '../private/refusal';
import { AddressRanges } from './address-ranges';
import { ApiKey } from './api-key';
import { ClientCertificate } from './client-certificate';
import { MessageSigningKey } from './message-signing-key';
import { checkUnique, checkedName } from './name';
import { ProofOfPossession } from './proof-of-possession';

/** Properties of a `Consumer`. */
export interface ConsumerProps {
  /**
   * `client_id` of its access tokens.
   *
   * @default - the consumer's name
   */
  readonly clientId?: string;
  /**
   * API groups it may call.
   *
   * @default - every group exposed in its security domain
   */
  readonly groups?: string[];
  /**
   * Partner whose authorities issue its certificates: a name in the environments' `partnerTrustStore`.
   *
   * @default - the consumer's name
   */
  readonly partner?: string;
  /**
   * Certificates it may present; needed in a partner domain.
   *
   * @default - none
   */
  readonly certificates?: ClientCertificate[];
  /**
   * `sub` of its access tokens, of a system or trusted application whose identity provider calls it something else than its
   * client id there (Keycloak: the id of its service account).
   *
   * A token with another subject is refused: it would speak for somebody who is not the client (RFC 9068 sections 2.2 and 5).
   *
   * @default - its client id
   */
  readonly subject?: string;
  /**
   * How it proves that its access tokens are its own; outside partner domains, where the certificate proves it.
   *
   * Its identity provider must issue tokens that are bound to the consumer's key, and tokens that are not are refused.
   *
   * @default - its access tokens are worth as much in anybody's hands, until they expire
   */
  readonly proofOfPossession?: ProofOfPossession;
  /**
   * API key that it must present beside its access token; only for a consumer that runs on a server and can keep a secret.
   *
   * @default - none is asked for
   */
  readonly apiKey?: ApiKey;
  /**
   * Networks that it calls from; the authorizer refuses its tokens from anywhere else, so a stolen one is worthless there.
   *
   * @default - from everywhere
   */
  readonly sourceAddresses?: AddressRanges;
  /**
   * Public keys of its signatures of messages, for services that ask for them (`messageSignatures`): two while one replaces the other.
   *
   * Only for a consumer that runs on a server and can keep the private key.
   *
   * @default - none: services that ask for signatures refuse it
   */
  readonly signingKeys?: MessageSigningKey[];
}

/** A client application that may call the APIs of one security domain, by how it proves itself. */
export class Consumer {
  /** A single-page application: authorization code with PKCE. */
  public static browser(name: string, props?: ConsumerProps): Consumer {
    return new Consumer(name, 'browser', props);
  }

  /** A mobile application: authorization code with PKCE. */
  public static native(name: string, props?: ConsumerProps): Consumer {
    return new Consumer(name, 'native', props);
  }

  /** An application on a workstation: authorization code with PKCE. */
  public static application(name: string, props?: ConsumerProps): Consumer {
    return new Consumer(name, 'application', props);
  }

  /** A server: client credentials; over mutual TLS with certificate-bound tokens (RFC 8705) in a partner domain. */
  public static system(name: string, props?: ConsumerProps): Consumer {
    return new Consumer(name, 'system', props);
  }

  /**
   * A server that has authenticated its users itself and acts for all of them: client credentials over mutual TLS.
   *
   * The trust in its users is implicit: no user is in its tokens, and trust tokens say so (`rctx.implicit_trust`). So it needs a
   * domain with mutual TLS, a certificate, and the names of the API groups that trust it.
   */
  public static trustedApplication(name: string, props?: ConsumerProps): Consumer {
    return new Consumer(name, TRUSTED_APPLICATION, props);
  }

  /** Name of the consumer, in configuration and refusals. */
  public readonly name: string;
  /** `client_id` of its access tokens, by which the authorizer knows it. */
  public readonly clientId: string;
  /** API groups that it may call; undefined when every group of its domain. */
  public readonly groups?: string[];
  /** Partner whose authorities issue its certificates. */
  public readonly partner: string;
  /** Certificates that it may present: one of them is needed in a partner domain. */
  public readonly certificates: ClientCertificate[];
  /** `sub` of its access tokens; undefined where it is the client id, or a user. */
  public readonly subject?: string;
  /** How it proves that its access tokens are its own. */
  public readonly proofOfPossession?: ProofOfPossession;
  /** API key that it must present; undefined where none is asked for. */
  public readonly apiKey?: ApiKey;
  /** Networks that it calls from; undefined where from everywhere. */
  public readonly sourceAddresses?: AddressRanges;
  /** Public keys of its signatures of messages. */
  public readonly signingKeys: MessageSigningKey[];

  private constructor(
    name: string,
    /** `browser`, `native`, `application`, `system` or `trusted-application`. */
    public readonly clientType: string,
    props: ConsumerProps = {},
  ) {
    this.name = checkedName(name);
    this.clientId = props.clientId ?? name;
    this.groups = props.groups;
    this.partner = props.partner ?? name;
    this.certificates = props.certificates ?? [];
    this.subject = props.subject;
    const { subject } = props;
    demand('CONSUMER_SUBJECT', subject === undefined || (!hasUser(clientType) && subject !== '' && subject.length <= 512), () => `'${subject}' for ${clientType} '${name}'`);
    this.proofOfPossession = props.proofOfPossession;
    this.sourceAddresses = props.sourceAddresses;
    this.signingKeys = props.signingKeys ?? [];
    demand('MESSAGE_SIGNING_CLIENT', this.signingKeys.length === 0 || !hasUser(clientType), () => `one for '${name}', which is of the kind '${clientType}'`);
    checkUnique(`signing keys of '${name}'`, this.signingKeys.map(({ keyId }) => keyId));
    this.apiKey = props.apiKey;
    // What a user has in hand, a user can read.
    demand('API_KEY_CLIENT', props.apiKey === undefined || !hasUser(clientType), () => `one for '${name}', which is of the kind '${clientType}'`);
  }
}
