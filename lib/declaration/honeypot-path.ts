import { demand } from '../private/refusal';
import { HttpMethod } from './http-method';

const PATH = /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]{1,60}){1,6}$/;

/** A path that no API has: whoever calls it was led there, or is searching. */
export class HoneypotPath {
  /** Answers GET as an operation that needs a token, and every other method with 405: `/customers/export`. */
  public static get(path: string): HoneypotPath {
    return new HoneypotPath(path, HttpMethod.GET);
  }

  /** Answers POST as an operation that needs a token, and every other method with 405: `/admin/users`. */
  public static post(path: string): HoneypotPath {
    return new HoneypotPath(path, HttpMethod.POST);
  }

  private constructor(
    /** One to six segments of letters, digits, dots, underscores and hyphens. */
    public readonly path: string,
    /** The one method that it seems to have. */
    public readonly method: HttpMethod,
  ) {
    demand('HONEYPOT_PATH', PATH.test(path), () => `'${path}'`);
  }
}
