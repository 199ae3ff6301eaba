import type { CaseFamily, HandshakeProbe, NewCase } from '../assessment-case';
import type { AssessedDomain } from '../assessed-environment';

/** What no server may agree to: no encryption, no authentication, no key of a sensible length. */
const OBSOLETE = 'NULL:aNULL:eNULL:EXPORT:LOW:3DES:RC4:MD5:@SECLEVEL=0';
const PLAIN_REFUSED = [400, 403, 404, 405, 421, 426, 497];

/** TLS versions, cipher suites and certificates of a host name. */
export const transport: CaseFamily = {
  name: 'transport',
  cases: (domain) => [
    { ...tls('accepts-newest-version', `TLS ${floor(domain)} is spoken`, ['ISM-0469', 'ISM-1552'], { version: `TLSv${floor(domain)}`, expected: 'accepted' }), gate: true },
    { ...tls('trusted-certificate', 'the certificate is trusted and names the host', ['ISM-0469'], { expected: 'trusted certificate' }), gate: true },
    tls('refuses-tls-1.0', 'TLS 1.0 is refused', ['ISM-0469', 'ISM-1139'], { version: 'TLSv1', expected: 'refused' }),
    tls('refuses-tls-1.1', 'TLS 1.1 is refused', ['ISM-0469', 'ISM-1139'], { version: 'TLSv1.1', expected: 'refused' }),
    ...(floor(domain) === '1.3'
      ? [tls('refuses-tls-1.2', 'TLS 1.2 is refused: nothing keeps this host name from TLS 1.3', ['ISM-0469', 'ISM-1139'], { version: 'TLSv1.2', expected: 'refused' })]
      : [tls('refuses-obsolete-suites', 'obsolete cipher suites are refused', ['ISM-0469'], { version: 'TLSv1.2', ciphers: OBSOLETE, expected: 'refused' })]),
    tls('strong-suite', 'AES-GCM with forward secrecy is chosen', ['ISM-1369', 'ISM-1453'], { expected: 'strong suite' }),
    tls('strong-certificates', 'certificates have SHA-2 and RSA 2048 or ECDSA 256', ['ISM-0469'], { expected: 'strong certificates' }),
    tls('certificate-in-time', 'the certificate is valid for a week at least', ['ISM-0469'], { expected: 'certificate in time' }),
    {
      rule: 'refuses-plain-http', title: 'HTTP without TLS is not answered', controls: ['ISM-1552'],
      probe: { kind: 'request', method: 'GET', path: '/', plain: true, expected: { status: PLAIN_REFUSED, orNoAnswer: true } },
    },
    {
      rule: 'refuses-other-host', title: 'a Host header of another name is refused', controls: ['ISM-0628'],
      probe: { kind: 'request', method: 'GET', path: domain.apis[0]?.resources[0]?.path ?? '/', host: 'assessment.invalid', expected: { status: [400, 403, 404, 421], orNoAnswer: true } },
    },
  ],
};

/** The platform offers a TLS 1.3 policy to names that are reached from the internet without client certificates. */
function floor({ isPrivate, mutualTls }: AssessedDomain): '1.2' | '1.3' {
  return isPrivate || mutualTls ? '1.2' : '1.3';
}

function tls(rule: string, title: string, controls: readonly string[], probe: Omit<HandshakeProbe, 'kind'>): NewCase {
  return { rule, title, controls, probe: { kind: 'handshake', ...probe } };
}
