import { Token } from 'aws-cdk-lib';
import { demand } from '../private/refusal';

const FUNCTION_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Scheme, host, port and path; a user name, a query or a fragment would leave the gateway with every request. */
const URL_OF_SERVICE = /^https:\/\/(?:[A-Za-z0-9.-]|\{domainName\})+(?::\d+)?(?:\/(?:[^?#{}\s]|\{domainName\})*)?$/;

/** Where an API service runs. */
export class Backend {
  /**
   * A Lambda function in the environment's account and Region, by its function name.
   *
   * The name is literal, because the description of a REST API is a file that exists before anything is deployed: give
   * the function the same `functionName`. It finds the trust token in `requestContext.authorizer.trustToken` and must
   * never read it from a header.
   */
  public static lambda(functionName: string): Backend {
    demand('API_BACKEND', !Token.isUnresolved(functionName), () => 'a function name that only deployment knows', "the literal name that the function is given as well: Backend.lambda('bank-rates')");
    demand('API_BACKEND', FUNCTION_NAME.test(functionName), () => `'${functionName}'`, "1 to 64 letters, digits, hyphens and underscores: Backend.lambda('bank-rates')");
    return new Backend(functionName, undefined);
  }

  /**
   * An HTTPS service. `{domainName}` in the URL stands for the environment's domain name.
   *
   * It receives the trust token in the `Txn-Token` header, which the gateway overwrites.
   */
  public static https(url: string): Backend {
    demand('API_BACKEND', !Token.isUnresolved(url), () => 'a URL that only deployment knows', "a literal host name that leads to it: Backend.https('https://accounts.{domainName}')");
    demand('API_BACKEND', URL_OF_SERVICE.test(url), () => `'${url}'`);
    return new Backend(undefined, url.replace(/\/$/, ''));
  }

  private constructor(
    /** Function name of a Lambda backend. */
    public readonly functionName: string | undefined,
    /** URL of an HTTPS backend, without a trailing slash. */
    public readonly url: string | undefined,
  ) {}
}
