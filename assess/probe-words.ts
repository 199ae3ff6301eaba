import type { Probe, RequestProbe } from './assessment-case';
import { inWords } from './expectation';

/** Longest header value that is quoted. */
const QUOTED = 60;

/** What was sent, without anything secret: credentials by kind, bodies by length. */
export function requestInWords(probe: Probe): string {
  if (probe.kind === 'handshake') return `TLS handshake${probe.version === undefined ? '' : ` with ${probe.version} only`}${probe.ciphers === undefined ? '' : ', obsolete suites only'}`;
  const { method, path, plain, times } = probe;
  return [`${method} ${path}${plain === true ? ' without TLS' : ''}`, ...credentials(probe), ...headers(probe), ...times === undefined ? [] : [`${times} times at once`]].join(', ');
}

/** What must come of it. */
export function expectationInWords({ kind, expected }: Probe): string {
  return kind === 'handshake' ? expected : inWords(expected);
}

function credentials({ token, certificate, apiKey }: RequestProbe): string[] {
  return [
    token === undefined ? 'no token' : 'forged' in token ? `token: ${token.forged}` : `token of ${token.client}${token.wrong === undefined ? '' : `, ${token.wrong}`} (${token.scopes.join(' ')})`,
    ...certificate === undefined ? [] : [`certificate: ${certificate}`], ...apiKey === undefined ? [] : [`API key: ${apiKey}`],
  ];
}

function headers({ headers: sent = {}, host, body }: RequestProbe): string[] {
  return [
    ...host === undefined ? [] : [`host: ${host}`],
    ...Object.entries(sent).map(([name, value]) => `${name}: ${value.length > QUOTED ? `${value.length} characters` : value}`),
    ...body === undefined ? [] : [`a body of ${Buffer.byteLength(body)} bytes`],
  ];
}
