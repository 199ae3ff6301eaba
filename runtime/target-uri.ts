/** An https URI by its parts (RFC 3986 appendix B); user information has no place in a target. */
const HTTPS_URI = /^https:\/\/([^/?#@\\]+)((?:\/[^?#\\]*)?)(?:[?#]|$)/i;
const DEFAULT_PORT = /:(?:443)?$/;
const ESCAPE = /%([0-9A-Fa-f]{2})/g;
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
const UNRESERVED = /^[A-Za-z0-9._~-]$/;
/** What a URI cannot hold: everything but visible ASCII. */
const INVISIBLE = /[^!-~]/;

/**
 * A target URI in its normal form (RFC 3986 sections 6.2.2 and 6.2.3), without query and fragment; undefined where it is no https URI.
 *
 * Two spellings have one form only where every reader of URIs takes them for the same target.
 */
export function normalTargetUri(text: string): string | undefined {
  const [, authority, path] = (INVISIBLE.test(text) ? undefined : HTTPS_URI.exec(text)) ?? [];
  const normal = path === undefined ? undefined : normalPath(path);
  return authority === undefined || normal === undefined ? undefined
    : `https://${authority.toLowerCase().replace(DEFAULT_PORT, '')}${withoutDotSegments(normal)}`;
}

/**
 * The normal form of the target that a request reached; undefined where its path has segments that a server would resolve.
 *
 * @param host in lower case
 * @param path as sent, percent-encoded
 */
export function targetUri(host: string, path: string): string | undefined {
  const normal = INVISIBLE.test(path) || !path.startsWith('/') ? undefined : normalPath(path);
  // What a proof says may be resolved; what a request asks for is what it is, so such a path has no proof.
  return normal === undefined || withoutDotSegments(normal) !== normal ? undefined : `https://${host}${normal}`;
}

function normalPath(path: string): string | undefined {
  return BROKEN_ESCAPE.test(path) ? undefined : path.replace(ESCAPE, (escape, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return UNRESERVED.test(character) ? character : escape.toUpperCase();
  });
}

/** RFC 3986 section 5.2.4; the empty path of an https URI is `/`. */
function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const dots = segment === '.' || segment === '..';
    if (segment === '..') {
      kept.pop();
    }
    if (!dots) {
      kept.push(segment);
    } else if (index === segments.length - 1) {
      kept.push('');
    }
  }
  return `/${kept.join('/')}`;
}
