import { Construct } from 'constructs';
import { RestApiEndpoint } from '../private/rest-api-endpoint';

/** The host name of a security domain. */
export interface IDomainEndpoint {
  /** `api.test.bank.example`. */
  readonly domainName: string;
  /** Its own certificate in ACM. */
  readonly certificateArn: string;
  /** How the REST APIs behind the host name must be served: their own TLS policy is the one that negotiates. */
  readonly restApiEndpoint: RestApiEndpoint;
  /**
   * Serves a REST API's stage under a path of the host name.
   *
   * @param path mapping key without slashes around it: `accounts` or `accounts/customers`; empty for what no other mapping matches
   */
  mapApi(scope: Construct, id: string, restApiId: string, stage: string, path: string): Construct;
}
