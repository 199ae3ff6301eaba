import { demand } from '../private/refusal';

/** Where an API service runs. */
export class Backend {
  /**
   * A Lambda function in the environment's account and Region, by its function name.
   *
   * It finds the trust token in `requestContext.authorizer.trustToken` and must never read it from a header.
   */
  public static lambda(functionName: string): Backend {
    return new Backend(functionName, undefined);
  }

  /**
   * An HTTPS service. `{domainName}` in the URL stands for the environment's domain name.
   *
   * It receives the trust token in the `Txn-Token` header, which the gateway overwrites.
   */
  public static https(url: string): Backend {
    demand('API_BACKEND', /^https:\/\/[a-z0-9.{}-]+(:\d+)?(\/[^?#]*)?$/i.test(url), () => `'${url}'`);
    return new Backend(undefined, url.replace(/\/$/, ''));
  }

  private constructor(
    /** Function name of a Lambda backend. */
    public readonly functionName: string | undefined,
    /** URL of an HTTPS backend, without a trailing slash. */
    public readonly url: string | undefined,
  ) {}
}
