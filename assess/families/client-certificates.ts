import type { CaseFamily, NewCase } from '../assessment-case';
import type { AssessedDomain } from '../assessed-environment';

/** Mutual TLS, where the domain's callers are recognised by certificates. */
export const clientCertificates: CaseFamily = {
  name: 'client-certificates',
  cases: (domain) => !domain.mutualTls ? [] : domain.apis.flatMap((api) => [
    refused(domain, 'none', api.resources[0]?.path ?? api.basePath, 'a caller without a certificate is refused'),
    refused(domain, 'foreign', api.resources[0]?.path ?? api.basePath, 'a certificate that the assessor issued itself is refused'),
  ]),
};

function refused({ isPrivate }: AssessedDomain, certificate: 'none' | 'foreign', path: string, title: string): NewCase {
  return {
    rule: `refuses-${certificate}`, subject: path, title, controls: ['ISM-1546', isPrivate ? 'ISM-2014' : 'ISM-1817'],
    probe: { kind: 'request', method: 'GET', path, certificate, expected: { status: [403], orNoAnswer: true } },
  };
}
