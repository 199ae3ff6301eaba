import { demand } from '../private/refusal';

/** Which browser origin may read an API's answers. Without it no CORS header is sent. */
export class Cors {
  /** Exactly this origin: `https://app.example`. */
  public static origin(origin: string): Cors {
    demand('CORS_WILDCARD', /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin), () => `'${origin}'`);
    return new Cors(origin);
  }

  private constructor(public readonly allowedOrigin: string) {}
}
