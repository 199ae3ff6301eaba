import { CfnBasePathMappingV2, CfnDomainNameAccessAssociation, CfnDomainNameV2 } from 'aws-cdk-lib/aws-apigateway';
import { InterfaceVpcEndpoint, IVpc } from 'aws-cdk-lib/aws-ec2';
import { ARecord, PrivateHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { InterfaceVpcEndpointTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { demand } from '../private/refusal';
import { DomainCertificate } from './domain-certificate';
import { IDomainEndpoint } from './domain-endpoint';
import { RestApiEndpoint } from '../private/rest-api-endpoint';
import { onlyThrough } from './private-access-policy';

/** The only policy of private host names. */
const TLS_1_2 = 'TLS_1_2';

/** Properties of `PrivateEndpoint`. */
export interface PrivateEndpointProps {
  /** Full host name: `internal.test.bank.example`. */
  readonly domainName: string;
  /** The `execute-api` VPC endpoint through which the host name is reached. */
  readonly vpcEndpoint: InterfaceVpcEndpoint;
  /** The network in which the host name resolves. */
  readonly vpc: IVpc;
  /**
   * Route 53 hosted zone of the parent domain, in which the certificate is validated.
   *
   * @default - certificate validation records are made by hand
   */
  readonly hostedZoneId?: string;
}

/** A host name that is reached through one VPC endpoint only: the internal domain's. */
export class PrivateEndpoint extends Construct implements IDomainEndpoint {
  public readonly domainName: string;
  public readonly certificateArn: string;
  public readonly restApiEndpoint: RestApiEndpoint;
  private readonly domainNameArn: string;

  public constructor(scope: Construct, id: string, props: PrivateEndpointProps) {
    super(scope, id);
    this.domainName = props.domainName;
    const { vpcEndpointId } = props.vpcEndpoint;
    this.restApiEndpoint = { type: 'PRIVATE', securityPolicy: TLS_1_2, vpcEndpointIds: [vpcEndpointId], policy: onlyThrough(vpcEndpointId) };
    this.certificateArn = new DomainCertificate(this, 'Certificate', props).certificateArn;
    const domain = new CfnDomainNameV2(this, 'DomainName', {
      domainName: props.domainName,
      certificateArn: this.certificateArn,
      endpointConfiguration: { types: ['PRIVATE'] },
      securityPolicy: TLS_1_2,
      policy: onlyThrough(vpcEndpointId).toJSON(),
    });
    this.domainNameArn = domain.attrDomainNameArn;
    new CfnDomainNameAccessAssociation(this, 'Access', {
      domainNameArn: this.domainNameArn,
      accessAssociationSource: vpcEndpointId,
      accessAssociationSourceType: 'VPCE',
    });
    const zone = new PrivateHostedZone(this, 'Zone', { zoneName: props.domainName, vpc: props.vpc });
    new ARecord(this, 'Alias', { zone, target: RecordTarget.fromAlias(new InterfaceVpcEndpointTarget(props.vpcEndpoint)) });
  }

  public mapApi(scope: Construct, id: string, restApiId: string, stage: string, path: string): Construct {
    demand('PRIVATE_MAPPING', !path.includes('/'), () => `'${path}'`);
    return new CfnBasePathMappingV2(scope, id, { domainNameArn: this.domainNameArn, restApiId, stage, basePath: path || undefined });
  }
}
