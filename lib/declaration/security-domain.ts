import { Consumer } from './consumer';
import { Exposure } from './exposure';
import { checkImplicitTrust } from './implicit-trust';
import { checkUnique } from './name';
import { Honeypots } from './honeypots';
import { demand } from '../private/refusal';
import { WebAclPolicy } from './web-acl-policy';

const DNS_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Properties of a `SecurityDomain`. */
export interface SecurityDomainProps {
  /** Who may call; a client that is not listed is refused, whatever its token says. */
  readonly consumers: Consumer[];
  /**
   * First label of the domain name, in front of the environment's own: one DNS label.
   *
   * @default - `api`, `partner` or `internal`
   */
  readonly subdomain?: string;
  /**
   * What the web ACL does beyond what follows from the declared APIs: source addresses, countries, rules of one's own.
   *
   * @default WebAclPolicy.of()
   */
  readonly webAcl?: WebAclPolicy;
  /**
   * Paths and credentials that nobody has an honest reason to use; a use alarms at once.
   *
   * @default - none
   */
  readonly honeypots?: Honeypots;
}

/** Callers that are trusted alike: public, partner or internal. Each has its own endpoint, web ACL and authorizer. */
export class SecurityDomain {
  /** Callers on the internet. */
  public static public(props: SecurityDomainProps): SecurityDomain {
    return new SecurityDomain(Exposure.PUBLIC, 'api', props);
  }

  /** Partners over mutual TLS, with certificates of the authorities in each environment's `partnerTrustStore`. */
  public static partner(props: SecurityDomainProps): SecurityDomain {
    for (const consumer of props.consumers) {
      demand('CONSUMER_CERTIFICATE', consumer.certificates.length > 0, () => `none for '${consumer.name}'`);
      demand('PARTNER_PROOF', consumer.proofOfPossession === undefined, () => `${consumer.proofOfPossession} for '${consumer.name}'`);
    }
    return new SecurityDomain(Exposure.PARTNER, 'partner', props);
  }

  /** Services inside the environment's network; there is no way in from the internet. */
  public static internal(props: SecurityDomainProps): SecurityDomain {
    return new SecurityDomain(Exposure.INTERNAL, 'internal', props);
  }

  /** First label of the host name: `api` of `api.test.bank.example`. */
  public readonly subdomain: string;
  /** Who may call; every other client is refused. */
  public readonly consumers: Consumer[];
  /** True where callers must show a client certificate. */
  public readonly mutualTls: boolean;
  /** True where some callers prove possession of a key by DPoP (RFC 9449). */
  public readonly takesProofs: boolean;
  /** What the web ACL does beyond what follows from the declared APIs. */
  public readonly webAcl: WebAclPolicy;
  /** Paths and credentials that nobody has an honest reason to use; undefined where there are none. */
  public readonly honeypots?: Honeypots;

  private constructor(
    /** Which callers it faces. */
    public readonly exposure: Exposure,
    defaultSubdomain: string,
    props: SecurityDomainProps,
  ) {
    this.subdomain = props.subdomain ?? defaultSubdomain;
    this.consumers = props.consumers;
    this.mutualTls = exposure === Exposure.PARTNER;
    this.takesProofs = props.consumers.some(({ proofOfPossession }) => proofOfPossession !== undefined);
    this.webAcl = props.webAcl ?? WebAclPolicy.of();
    this.honeypots = props.honeypots;
    const { countries, antiDdos } = this.webAcl;
    demand('WEB_ACL_INTERNAL', exposure !== Exposure.INTERNAL || (countries ?? antiDdos) === undefined, () => (countries === undefined ? 'antiDdos' : 'countries'));
    demand('SUBDOMAIN', DNS_LABEL.test(this.subdomain), () => `'${this.subdomain}' of '${exposure}'`);
    demand('DOMAIN_CONSUMERS', props.consumers.length > 0, () => `none for '${exposure}'`);
    checkUnique(`consumers of '${exposure}'`, props.consumers.map((consumer) => consumer.name));
    checkUnique(`client ids of '${exposure}'`, props.consumers.map((consumer) => consumer.clientId));
    checkImplicitTrust(this);
  }
}
