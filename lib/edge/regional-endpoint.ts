import { CfnOutput } from 'aws-cdk-lib';
import { CfnDomainName } from 'aws-cdk-lib/aws-apigateway';
import { CfnApiMapping } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { TrustStore } from '../declaration/trust-store';
import { generatedFile } from '../private/generated-file';
import { demand } from '../private/refusal';
import { RestApiEndpoint } from '../private/rest-api-endpoint';
import { TrustStoreVersion } from '../private/trust-store-version';
import { DomainCertificate } from './domain-certificate';
import { IDomainEndpoint } from './domain-endpoint';
import { trustStoreUri } from './stored-trust-store';

/** Properties of `RegionalEndpoint`. */
export interface RegionalEndpointProps {
  /** Full host name: `api.test.bank.example`. */
  readonly domainName: string;
  /**
   * Route 53 hosted zone of the parent domain, for certificate validation and the alias.
   *
   * @default - certificate validation and alias records are made by hand
   */
  readonly hostedZoneId?: string;
  /**
   * Demands client certificates that one of these authorities issued.
   *
   * The platform cannot combine mutual TLS with its TLS 1.3 policies: such a domain speaks TLS 1.2 and 1.3.
   *
   * @default - no mutual TLS, TLS 1.3 only
   */
  readonly trustStore?: TrustStore;
  /**
   * The version of the trust store that a `StoredTrustStore` stored; needed for one with private CAs.
   *
   * @default - the trust store is published with the template
   */
  readonly storedTrustStore?: TrustStoreVersion;
}

/** The newest policy that the platform offers without mutual TLS: TLS 1.3 only. */
const TLS_1_3_ONLY = 'SecurityPolicy_TLS13_1_3_2025_09';

/** The newest policy that it offers with mutual TLS. */
const TLS_1_2_OR_NEWER = 'TLS_1_2';

/** A host name that is reached from the internet: the public domain's, or with a trust store the partner domain's. */
export class RegionalEndpoint extends Construct implements IDomainEndpoint {
  public readonly domainName: string;
  public readonly certificateArn: string;
  public readonly restApiEndpoint: RestApiEndpoint;

  public constructor(scope: Construct, id: string, props: RegionalEndpointProps) {
    super(scope, id);
    this.domainName = props.domainName;
    this.restApiEndpoint = { type: 'REGIONAL', ...(props.trustStore === undefined ? { securityPolicy: TLS_1_3_ONLY, accessMode: 'STRICT' } : { securityPolicy: TLS_1_2_OR_NEWER }) };
    this.certificateArn = new DomainCertificate(this, 'Certificate', props).certificateArn;
    const domain = new CfnDomainName(this, 'DomainName', {
      domainName: props.domainName,
      regionalCertificateArn: this.certificateArn,
      endpointConfiguration: { types: ['REGIONAL'] },
      securityPolicy: this.restApiEndpoint.securityPolicy,
      endpointAccessMode: this.restApiEndpoint.accessMode,
      mutualTlsAuthentication: props.trustStore && this.mutualTls(props.trustStore, props.storedTrustStore),
    });
    this.publish(domain, props.hostedZoneId);
  }

  public mapApi(scope: Construct, id: string, restApiId: string, stage: string, path: string): Construct {
    return new CfnApiMapping(scope, id, { domainName: this.domainName, apiId: restApiId, stage, apiMappingKey: path || undefined });
  }

  /** A stored one changes its version; a published one its address, the hash of its content: either way the domain loads what changed. */
  private mutualTls(trustStore: TrustStore, stored: TrustStoreVersion | undefined): CfnDomainName.MutualTlsAuthenticationProperty {
    if (stored !== undefined) return { truststoreUri: trustStoreUri(stored), truststoreVersion: stored.bundleVersion };
    demand('PRIVATE_AUTHORITY', trustStore.privateAuthorities.length === 0, () => `private CAs for ${this.domainName}, whose certificates are known at deployment only`, 'storedTrustStore: new StoredTrustStore(…).version');
    const { bucketName, objectKey } = generatedFile(this, trustStore.pem, '.pem');
    return { truststoreUri: `s3://${bucketName}/${objectKey}` };
  }

  private publish(domain: CfnDomainName, hostedZoneId: string | undefined): void {
    if (hostedZoneId === undefined) {
      new CfnOutput(this, 'AliasTarget', { value: domain.attrRegionalDomainName, description: `Make ${this.domainName} an alias of this name` });
      return;
    }
    new CfnRecordSet(this, 'Alias', {
      name: this.domainName,
      type: 'A',
      hostedZoneId,
      aliasTarget: { dnsName: domain.attrRegionalDomainName, hostedZoneId: domain.attrRegionalHostedZoneId },
    });
  }
}
