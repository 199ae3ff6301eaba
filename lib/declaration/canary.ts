import { demand } from '../private/refusal';
import { checkedName } from './name';

/** A credential that no consumer has: whoever presents it took it from where it was planted. */
export class Canary {
  /**
   * A client of the identity provider that nobody uses.
   *
   * Register it there with no rights, and plant its id and secret. A token for it is refused like one of any client that is not
   * listed, and alarms.
   */
  public static client(clientId: string): Canary {
    demand('CANARY', /^[\x21-\x7e]{1,256}$/.test(clientId), () => `the client id '${clientId}'`, 'a client id of 1 to 256 visible ASCII characters');
    return new Canary(clientId, false);
  }

  /**
   * An API key that opens nothing.
   *
   * It is generated in the account, one in each environment, as the secret `ENVIRONMENT/DOMAIN/NAME/api-key`, which holds `ak_` and
   * the member `key` after it. Plant it; a request with it is answered as with any wrong key, and alarms.
   */
  public static apiKey(name: string): Canary {
    return new Canary(checkedName(name), true);
  }

  private constructor(
    /** Client id, or name of the API key. */
    public readonly name: string,
    /** True for an API key, false for a client of the identity provider. */
    public readonly isApiKey: boolean,
  ) {}
}
