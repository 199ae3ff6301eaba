import { request, type RequestOptions } from 'node:https';
import { DependencyFailure } from './dependency-failure';
import { boundedBody, DEFAULT_DOCUMENT_BOUNDS } from './https-document';

/** What a server answered. */
export interface FormReply {
  readonly status: number;
  /** Absent where the status is not 200, and where the body was broken off or out of bounds. */
  readonly body?: Buffer;
}

/** Posts a form; rejects with `DependencyFailure` where no answer came. */
export type FormPoster = (url: URL, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>) => Promise<FormReply>;

/** A poster of forms that are answered by small JSON documents over HTTPS: no redirects, bounded in time and size. */
export function httpsFormPoster(bounds = DEFAULT_DOCUMENT_BOUNDS, tls: Pick<RequestOptions, 'ca' | 'cert' | 'key'> = {}): FormPoster {
  return (url, form, headers) => new Promise((resolve, reject) => {
    const fail = (fault: string): void => reject(new DependencyFailure(url.host, fault));
    if (url.protocol !== 'https:') {
      fail('not https');
      return;
    }
    const text = new URLSearchParams(form).toString();
    const options = {
      ...tls,
      method: 'POST',
      signal: AbortSignal.timeout(bounds.timeoutMilliseconds),
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(text) },
      agent: false,
    };
    request(url, options, (response) => {
      const status = response.statusCode ?? 0;
      if (status !== 200) {
        response.destroy();
        resolve({ status });
        return;
      }
      boundedBody(response, bounds.maxBytes).then((body) => resolve({ status, body }), () => resolve({ status }));
    }).on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.name)).end(text);
  });
}
