import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Construct } from 'constructs';

/** Properties of `DomainCertificate`. */
export interface DomainCertificateProps {
  readonly domainName: string;
  /** Hosted zone in which the validation records are made; without it they are made by hand, once. */
  readonly hostedZoneId?: string;
}

/** A publicly trusted ECDSA P-256 certificate for one host name, validated by DNS so that it renews by itself. */
export class DomainCertificate extends Construct {
  public readonly certificateArn: string;

  public constructor(scope: Construct, id: string, { domainName, hostedZoneId }: DomainCertificateProps) {
    super(scope, id);
    this.certificateArn = new CfnCertificate(this, 'Resource', {
      domainName,
      keyAlgorithm: 'EC_prime256v1',
      validationMethod: 'DNS',
      domainValidationOptions: hostedZoneId === undefined ? undefined : [{ domainName, hostedZoneId }],
      certificateTransparencyLoggingPreference: 'ENABLED',
    }).ref;
  }
}
