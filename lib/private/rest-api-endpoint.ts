import { PolicyDocument } from 'aws-cdk-lib/aws-iam';

/** How the gateway serves a REST API: from where, and with which TLS. */
export interface RestApiEndpoint {
  /** `REGIONAL` or `PRIVATE`. */
  readonly type: string;
  /** `TLS_1_2` or one of the `SecurityPolicy_…` policies. */
  readonly securityPolicy: string;
  /**
   * `STRICT` refuses callers whose SNI names another host; needed with the `SecurityPolicy_…` policies.
   *
   * @default - the platform's own behaviour for `TLS_1_2`
   */
  readonly accessMode?: string;
  /**
   * VPC endpoints through which a private API is reached.
   *
   * @default - the API is not private
   */
  readonly vpcEndpointIds?: string[];
  /**
   * Who may invoke the API at all.
   *
   * @default - whoever reaches its host name
   */
  readonly policy?: PolicyDocument;
}
