import { demand } from '../private/refusal';

/** Which browser origin may read an API's answers. Without it no CORS header is sent. */
export class Cors {
  /** Exactly this origin: `https://app.example`. `{domainName}` in it stands for the environment's domain name. */
  public static origin(origin: string): Cors {
    demand('CORS_WILDCARD', /^https:\/\/([a-z0-9.-]|\{domainName\})+(:\d+)?$/.test(origin), () => `'${origin}'`);
    return new Cors(origin);
  }

  private constructor(private readonly origin: string) {}

  /** The origin in an environment of this domain name. */
  public allowedOrigin(domainName: string): string {
    return this.origin.replaceAll('{domainName}', domainName);
  }
}
