import { demand } from '../private/refusal';
import { partitionOf } from '../private/region-partition';
import { IdentityProvider } from './identity-provider';
import { PolicyDecisionPoint } from './policy-decision-point';
import { TrustStore } from './trust-store';
import { TrustTokenSigning } from './trust-token-signing';

const OCTET = '(0|[1-9]\\d{0,2})';
const NETWORK = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.0/(1[678])$`);

/** Properties of an `Environment`. */
export interface EnvironmentProps {
  /** AWS account, 12 digits. Another environment may share it in another Region only. */
  readonly account: string;
  /** AWS Region of every stack: `ap-southeast-2`. */
  readonly region: string;
  /** Parent of the environment's host names, and the trust domain of its trust tokens: `test.bank.example`. */
  readonly domainName: string;
  /** Whose access tokens the environment accepts; no other environment may share its issuer or its keys. */
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
   * Address range of the environment's VPC, an IPv4 network of /16 to /18.
   *
   * Smaller ones have no room for its subnets.
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
  /**
   * Where the key lives that signs the environment's trust tokens.
   *
   * Choose before callers arrive: changing between Secrets Manager and KMS refuses requests while it is deployed.
   *
   * @default TrustTokenSigning.SECRETS_MANAGER
   */
  readonly signing?: TrustTokenSigning;
  /**
   * Where the environment's access policies are evaluated.
   *
   * @default PolicyDecisionPoint.IN_AUTHORIZER
   */
  readonly policyDecisionPoint?: PolicyDecisionPoint;
}

/** One segregated deployment: its own account, network, keys, issuer, audience and log archive. */
export class Environment {
  /** The environment `Development`. */
  public static development(props: EnvironmentProps): Environment {
    return new Environment('Development', false, props);
  }

  /** The environment `Test`. */
  public static test(props: EnvironmentProps): Environment {
    return new Environment('Test', false, props);
  }

  /** The environment `Production`: its stacks are protected from deletion, and its identity provider must not be marked `nonProduction`. */
  public static production(props: EnvironmentProps): Environment {
    return new Environment('Production', true, props);
  }

  /**
   * Any other environment that is not production.
   *
   * @param name a capital letter and at most 29 letters or digits, such as `Staging`
   */
  public static nonProduction(name: string, props: EnvironmentProps): Environment {
    return new Environment(name, false, props);
  }

  /** AWS account that every stack of the environment is deployed to. */
  public readonly account: string;
  /** AWS Region that every stack of the environment is deployed to. */
  public readonly region: string;
  /** Parent of the environment's host names, and the trust domain of its trust tokens. */
  public readonly domainName: string;
  /** Whose access tokens the environment accepts. */
  public readonly identityProvider: IdentityProvider;
  /** Certificate authorities of the environment's partners; undefined where there is no partner domain. */
  public readonly partnerTrustStore?: TrustStore;
  /** `aud` that access tokens must name. */
  public readonly audience: string;
  /** Route 53 hosted zone of the domain name; undefined where records are made by hand. */
  public readonly hostedZoneId?: string;
  /** Address range of the environment's VPC. */
  public readonly cidr: string;
  /** Addresses that receive the alarms. */
  public readonly alarmEmails: string[];
  /** Where the key lives that signs the environment's trust tokens. */
  public readonly signing: TrustTokenSigning;
  /** Where access policies are evaluated. */
  public readonly policyDecisionPoint: PolicyDecisionPoint;

  private constructor(
    /** `Production`: id of the stage, so `cdk deploy 'Production/*'` deploys it. */
    public readonly name: string,
    /** True for the one environment that real callers use. */
    public readonly isProduction: boolean,
    props: EnvironmentProps,
  ) {
    demand('ENVIRONMENT_NAME', /^[A-Z][A-Za-z0-9]{0,29}$/.test(name), () => `'${name}'`);
    demand('ENVIRONMENT_NAME', isProduction || name.toLowerCase() !== 'production', () => `'${name}' for an environment that is not production`, "Environment.production({ … }), or another name such as 'Staging'");
    demand('ENVIRONMENT_ACCOUNT', /^\d{12}$/.test(props.account), () => `'${props.account}' for ${name}`);
    demand('ENVIRONMENT_REGION', /^[a-z]{2,4}(-[a-z]+)+-\d$/.test(props.region), () => `'${props.region}' for ${name}`);
    demand('ENVIRONMENT_DOMAIN', /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(props.domainName), () => `'${props.domainName}' for ${name}`);
    demand('PRODUCTION_ISSUER', !(this.isProduction && props.identityProvider.nonProduction), () => `'${props.identityProvider.issuer}', which is marked nonProduction`);
    const key = props.identityProvider.introspection?.clientSecretKeyArn;
    demand('INTROSPECTION_KEY', key === undefined || key.split(':')[3] === props.region, () => `'${key}' for ${name} in ${props.region}`, `clientSecretKeyArn: 'arn:aws:kms:${props.region}:ACCOUNT:key/ID'`);
    const foreign = props.partnerTrustStore?.privateAuthorities.find((arn) => arn.split(':')[1] !== partitionOf(props.region));
    demand('PRIVATE_AUTHORITY', foreign === undefined, () => `'${foreign}' for ${name} in ${props.region}`, `the ARN of a CA in the partition ${partitionOf(props.region)}`);
    this.account = props.account;
    this.region = props.region;
    this.domainName = props.domainName;
    this.identityProvider = props.identityProvider;
    this.partnerTrustStore = props.partnerTrustStore;
    this.audience = props.audience ?? `https://${props.domainName}`;
    this.hostedZoneId = props.hostedZoneId;
    this.cidr = props.cidr ?? '10.0.0.0/16';
    demand('ENVIRONMENT_CIDR', isNetwork(this.cidr), () => `'${this.cidr}' for ${name}`);
    this.alarmEmails = props.alarmEmails ?? [];
    this.signing = props.signing ?? TrustTokenSigning.SECRETS_MANAGER;
    this.policyDecisionPoint = props.policyDecisionPoint ?? PolicyDecisionPoint.IN_AUTHORIZER;
  }
}

/** True for an IPv4 network of /16 to /18 that is written by its first address. */
function isNetwork(cidr: string): boolean {
  const match = NETWORK.exec(cidr);
  if (match === null) return false;
  const [first = 0, second = 0, third = 0, length = 0] = match.slice(1).map(Number);
  return Math.max(first, second, third) <= 255 && third % 2 ** (24 - length) === 0;
}
