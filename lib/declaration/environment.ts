import { demand } from '../private/refusal';
import { IdentityProvider } from './identity-provider';
import { TrustStore } from './trust-store';

/** Properties of an `Environment`. */
export interface EnvironmentProps {
  /** AWS account, 12 digits. */
  readonly account: string;
  /** AWS Region. */
  readonly region: string;
  /** Parent of the environment's host names, and the trust domain of its trust tokens: `test.bank.example`. */
  readonly domainName: string;
  readonly identityProvider: IdentityProvider;
  /**
   * Certificate authorities of this environment's partners; no other environment may share one.
   *
   * @default - none: the environment can have no partner domain
   */
  readonly partnerTrustStore?: TrustStore;
  /**
   * `aud` that access tokens must name.
   *
   * @default - `https://` and the domain name
   */
  readonly audience?: string;
  /**
   * Route 53 hosted zone of the domain name, for certificate validation and records.
   *
   * @default - validation records and aliases are made by hand
   */
  readonly hostedZoneId?: string;
  /**
   * Address range of the environment's VPC.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;
  /**
   * Addresses that must be able to open an alarm: each receives the alarms by e-mail.
   *
   * @default - the topic has no subscriber yet
   */
  readonly alarmEmails?: string[];
}

/** One segregated deployment: its own account, network, keys, issuer, audience and log archive. */
export class Environment {
  public static development(props: EnvironmentProps): Environment {
    return new Environment('Development', false, props);
  }

  public static test(props: EnvironmentProps): Environment {
    return new Environment('Test', false, props);
  }

  public static production(props: EnvironmentProps): Environment {
    return new Environment('Production', true, props);
  }

  /** Any other environment that is not production. */
  public static nonProduction(name: string, props: EnvironmentProps): Environment {
    return new Environment(name, false, props);
  }

  public readonly account: string;
  public readonly region: string;
  public readonly domainName: string;
  public readonly identityProvider: IdentityProvider;
  public readonly partnerTrustStore?: TrustStore;
  public readonly audience: string;
  public readonly hostedZoneId?: string;
  public readonly cidr: string;
  public readonly alarmEmails: string[];

  private constructor(
    /** `Production`: id of the stage, so `cdk deploy 'Production/*'` deploys it. */
    public readonly name: string,
    public readonly isProduction: boolean,
    props: EnvironmentProps,
  ) {
    demand('ENVIRONMENT_NAME', /^[A-Z][A-Za-z0-9]{0,29}$/.test(name), () => `'${name}'`);
    demand('ENVIRONMENT_ACCOUNT', /^\d{12}$/.test(props.account) && /^[a-z]{2}(-[a-z]+)+-\d$/.test(props.region), () => `account '${props.account}' in '${props.region}' for ${name}`);
    demand('ENVIRONMENT_DOMAIN', /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(props.domainName), () => `'${props.domainName}' for ${name}`);
    demand('PRODUCTION_ISSUER', !(this.isProduction && props.identityProvider.nonProduction), () => `'${props.identityProvider.issuer}', which is marked nonProduction`);
    this.account = props.account;
    this.region = props.region;
    this.domainName = props.domainName;
    this.identityProvider = props.identityProvider;
    this.partnerTrustStore = props.partnerTrustStore;
    this.audience = props.audience ?? `https://${props.domainName}`;
    this.hostedZoneId = props.hostedZoneId;
    this.cidr = props.cidr ?? '10.0.0.0/16';
    this.alarmEmails = props.alarmEmails ?? [];
  }
}
