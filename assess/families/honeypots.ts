import type { CaseFamily } from '../assessment-case';
import { callerControls } from '../controls';
import { PROBLEM, SECURITY_HEADER_RULES } from '../expectation';

/** A honeypot is told from an operation by nothing: who calls it without a token is asked for one. Sent only where it is asked for, since it alarms. */
export const honeypots: CaseFamily = {
  name: 'honeypots',
  cases: (domain) => domain.honeypots.map(({ method, path }) => ({
    rule: 'as-an-operation', subject: `${method} ${path}`, title: 'a honeypot asks for a token as an operation does',
    controls: ['ISM-0120', ...callerControls(domain, method)], decoy: true,
    probe: { kind: 'request', method, path, expected: { status: [401], headers: [{ name: 'www-authenticate', is: /^(?:Bearer|DPoP)\b/ }, PROBLEM, ...SECURITY_HEADER_RULES], discreet: true } },
  })),
};
