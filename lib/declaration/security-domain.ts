import { Consumer } from './consumer';
import { Exposure } from './exposure';
import { checkUnique } from './name';
import { TrustStore } from './trust-store';
import { demand } from '../private/refusal';

/** Properties of a `SecurityDomain`. */
export interface SecurityDomainProps {
  /** Who may call; a client that is not listed is refused, whatever its token says. */
  readonly consumers: Consumer[];
  /**
   * First label of the domain name, in front of the environment's own.
   *
   * @default - `api`, `partner` or `internal`
   */
  readonly subdomain?: string;
}

/** Properties of a partner `SecurityDomain`. */
export interface PartnerDomainProps extends SecurityDomainProps {
  /** The certificate authorities of the partners. */
  readonly trustStore: TrustStore;
}

/** Callers that are trusted alike: public, partner or internal. Each has its own endpoint, web ACL and authorizer. */
export class SecurityDomain {
  /** Callers on the internet. */
  public static public(props: SecurityDomainProps): SecurityDomain {
    return new SecurityDomain(Exposure.PUBLIC, 'api', props, undefined);
  }

  /** Partners over mutual TLS. */
  public static partner(props: PartnerDomainProps): SecurityDomain {
    demand('PARTNER_TRUST_STORE', props.trustStore !== undefined, () => 'none');
    for (const consumer of props.consumers) {
      demand('CONSUMER_CERTIFICATE', consumer.certificates.length > 0, () => `none for '${consumer.name}'`);
    }
    return new SecurityDomain(Exposure.PARTNER, 'partner', props, props.trustStore);
  }

  /** Services inside the environment's network; there is no way in from the internet. */
  public static internal(props: SecurityDomainProps): SecurityDomain {
    return new SecurityDomain(Exposure.INTERNAL, 'internal', props, undefined);
  }

  public readonly subdomain: string;
  public readonly consumers: Consumer[];

  private constructor(
    /** Which callers it faces. */
    public readonly exposure: Exposure,
    defaultSubdomain: string,
    props: SecurityDomainProps,
    /** The partner domain's certificate authorities. */
    public readonly trustStore: TrustStore | undefined,
  ) {
    this.subdomain = props.subdomain ?? defaultSubdomain;
    this.consumers = props.consumers;
    demand('DOMAIN_CONSUMERS', props.consumers.length > 0, () => `none for '${exposure}'`);
    checkUnique(`consumers of '${exposure}'`, props.consumers.map((consumer) => consumer.name));
    checkUnique(`client ids of '${exposure}'`, props.consumers.map((consumer) => consumer.clientId));
  }
}
